using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts;

/// <summary>One line of the list of rollouts.</summary>
/// <param name="Hosts">Hosts of the plan.</param>
/// <param name="Confirmed">Hosts that said themselves that they run the release.</param>
/// <param name="Version">The stream's version: what commands say they saw.</param>
/// <param name="Simulated">Whether all its hosts are simulated.</param>
public sealed record RolloutSummary(
    string Id,
    RolloutKind Kind,
    string Service,
    string Release,
    string Pipeline,
    RolloutStatus Status,
    string StartedBy,
    DateTimeOffset StartedAt,
    DateTimeOffset Since,
    DateTimeOffset? EndedAt,
    string? Stage,
    int Hosts,
    int Confirmed,
    int Casualties,
    Wait? Wait,
    string? Why,
    Evidence? Evidence,
    string? Parent,
    string? RollbackId,
    bool Simulated,
    long Version)
{
    /// <summary>The rollout that took its place; null where none did.</summary>
    public string? SupersededBy { get; init; }

    public bool Hotfix { get; init; }

    /// <summary>Steps that were given up while their hosts may still be at them.</summary>
    public int Watched { get; init; }

    /// <summary>Newest first.</summary>
    /// <param name="most">At most this many.</param>
    public static IReadOnlyList<RolloutSummary> List(IStates states, DateTimeOffset now, int most = 200) =>
        [.. states.All<Rollout>(RolloutStreams.Family).Where(one => one.State.Exists).OrderByDescending(one => one.State.StartedAt).ThenBy(one => one.State.Id, StringComparer.Ordinal).Take(most).Select(one => Of(states, one.State, one.Version, now))];

    /// <summary>Null where there is no such rollout.</summary>
    public static RolloutSummary? Find(IStates states, string id, DateTimeOffset now) =>
        states.Get<Rollout>(RolloutStreams.Of(id)) is { Exists: true } rollout ? Of(states, rollout, states.VersionOf(RolloutStreams.Of(id)), now) : null;

    private static RolloutSummary Of(IStates states, Rollout rollout, long version, DateTimeOffset now)
    {
        var plan = rollout.Plan!;
        var regions = plan.Regions.Select(region => region.Region).Distinct().ToArray();
        var runs = regions.Select(region => states.Get<RegionRun>(RunStreams.Of(region, rollout.Id))).ToArray();
        var stage = rollout.Stage >= 0 && rollout.Stage < plan.Stages.Length ? plan.Stages[rollout.Stage].Name : null;
        return new(
            rollout.Id, rollout.Kind, rollout.Service, plan.Release, rollout.Pipeline!.Name, rollout.Status, rollout.StartedBy, rollout.StartedAt, rollout.Since, rollout.EndedAt, stage,
            plan.Hosts, runs.Sum(run => run.Confirmed.Count), runs.Sum(run => run.Casualties.Length), RolloutWait.Of(rollout, now, states), rollout.Why, rollout.Evidence, rollout.Parent, rollout.RollbackId,
            regions.Length > 0 && regions.All(region => states.Get<Fleet.RegionFleet>(Fleet.FleetStreams.Of(region)).Simulated), version)
        {
            SupersededBy = rollout.SupersededBy,
            Hotfix = rollout.Hotfix,
            Watched = Remains.Of(rollout, states).Length,
        };
    }
}
