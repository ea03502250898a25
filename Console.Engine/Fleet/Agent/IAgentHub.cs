using OpsConsole.Domain.Fleet;

namespace OpsConsole.Engine.Fleet.Agent;

/// <summary>What agents call on the console, at <c>/hubs/agent</c>. The host is the one the agent's token was made for.</summary>
public interface IAgentHub
{
    /// <summary>First call on every connection.</summary>
    Task Hello(AgentHello hello);

    /// <summary>Hands in an answer; it is safe to hand it in again.</summary>
    Task Answer(StepReport report);

    Task Vitals(HostVitals vitals);
}

/// <summary>What the console calls on agents.</summary>
public interface IAgentClient
{
    Task Order(AgentOrder order);
}

/// <param name="Version">The agent's own version.</param>
/// <param name="Token">The highest fencing token it has seen.</param>
/// <param name="Running">The release the host last said it runs.</param>
public sealed record AgentHello(string Version, long Token, string? Running);
