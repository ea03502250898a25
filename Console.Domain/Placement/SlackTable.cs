using System.Collections.Immutable;

namespace OpsConsole.Domain.Placement;

/// <summary>For every state a set of a code can be in, the slack that the worst of a policy's scenarios leaves: one load decides.</summary>
public sealed class SlackTable
{
    private readonly sbyte[] _slack = new sbyte[SetState.Count];

    /// <param name="scenarios">All must hold; at least one.</param>
    public SlackTable(RedundancyCode code, ImmutableArray<SurviveScenario> scenarios)
    {
        ArgumentOutOfRangeException.ThrowIfZero(scenarios.Length);
        (Code, Scenarios) = (code, scenarios);
        for (var state = 0; state < SetState.Count; state++)
        {
            ReadOnlySpan<int> alive = [SetState.Alive(state, 0), SetState.Alive(state, 1), SetState.Alive(state, 2)];
            var slack = int.MaxValue;
            foreach (var scenario in scenarios)
            {
                slack = Math.Min(slack, scenario.Slack(alive, code.Needed));
            }

            _slack[state] = (sbyte)slack;
        }
    }

    public RedundancyCode Code { get; }

    public ImmutableArray<SurviveScenario> Scenarios { get; }

    /// <summary>By <see cref="SetState"/>; below 0 the policy is broken.</summary>
    public ReadOnlySpan<sbyte> Slack => _slack;
}
