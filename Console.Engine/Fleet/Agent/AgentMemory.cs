using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Engine.Fleet.Agent;

/// <summary>What an agent must not forget.</summary>
public sealed record AgentState
{
    /// <summary>How many answers are kept. The console awaits one step a host, so a handful is plenty.</summary>
    public const int MostAnswers = 32;

    /// <summary>The highest fencing token seen; older ones are refused.</summary>
    public long Token { get; init; }

    /// <summary>The artifact the visit with <see cref="Token"/> announced first; another under the same token is refused.</summary>
    public string? Digest { get; init; }

    public string? Release { get; init; }

    /// <summary>The release the host last said it runs.</summary>
    public string? Running { get; init; }

    /// <summary>The last answers, oldest first: a repeated order is answered from here.</summary>
    public ImmutableArray<StepReport> Answers { get; init; } = [];

    public StepReport? AnswerTo(string order) => Answers.LastOrDefault(answer => answer.CommandId == order);

    public AgentState With(StepReport answer) =>
        this with { Answers = [.. Answers.Skip(Math.Max(0, Answers.Length + 1 - MostAnswers)), answer], Running = answer.Release ?? Running };
}

/// <summary>Where an agent keeps its state: durable before <see cref="Save"/> returns, so that a killed agent still refuses and still answers as before.</summary>
public interface IAgentMemory
{
    AgentState Load();

    void Save(AgentState state);
}

/// <summary>For agents that live and die with what they drive.</summary>
public sealed class FleetingAgentMemory : IAgentMemory
{
    private AgentState _state = new();

    public AgentState Load() => _state;

    public void Save(AgentState state) => _state = state;
}
