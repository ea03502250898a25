using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts;

/// <summary>A step that was given up while its host may still be at it: no answer has come.</summary>
/// <param name="Since">When the step was ordered.</param>
/// <param name="CancelledAt">When it was given up.</param>
public sealed record RemainingStep(string Host, string Az, HostStep Step, DateTimeOffset Since, DateTimeOffset CancelledAt)
{
    public override string ToString() => $"{Host} at {Step}";
}

/// <summary>What a cancelled rollout may have left running. Watched, also after it was abandoned, until each host answers or a later visit fences it off.</summary>
public static class Remains
{
    /// <summary>A cancel that has not ended by then may be abandoned.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static ImmutableArray<RemainingStep> Of(Rollout rollout, IStates states) =>
        rollout is { Exists: true, Status: RolloutStatus.Stopped or RolloutStatus.NeedsOperator or RolloutStatus.Abandoned or RolloutStatus.Superseded }
            ? [.. rollout.Plan!.Regions.Select(region => region.Region).Distinct().SelectMany(region => Of(rollout, states, region)).OrderBy(step => step.Host, StringComparer.Ordinal)]
            : [];

    private static IEnumerable<RemainingStep> Of(Rollout rollout, IStates states, string region)
    {
        // Where a person is asked, what hosts have in hand goes on as it should.
        var active = rollout.Status != RolloutStatus.NeedsOperator;
        var fleet = states.Get<RegionFleet>(FleetStreams.Of(region));
        foreach (var id in states.Get<RegionRun>(RunStreams.Of(region, rollout.Id)).Touched)
        {
            if (fleet.Hosts.TryGetValue(id, out var host) && fleet.Visits.TryGetValue(id, out var visit) && visit.Rollout == rollout.Id && (visit is { Status: VisitStatus.Cancelled, Answered: false } || (active && visit.Status == VisitStatus.Active)))
            {
                yield return new(id, host.Az, visit.Step, visit.StepSince, visit.EndedAt ?? visit.StepSince);
            }
        }
    }
}
