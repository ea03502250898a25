using System.Collections.Immutable;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts;

/// <summary>What a rollout touches elsewhere: hosts, cord, releases.</summary>
internal static class RolloutReach
{
    /// <summary>The plan's hosts in some regions, as the fleet knows them now.</summary>
    public static IEnumerable<Host> Hosts(Rollout rollout, IStates states, IEnumerable<string> regions)
    {
        var wanted = regions.ToHashSet();
        return rollout.Plan!.Regions.Where(region => wanted.Contains(region.Region))
            .SelectMany(region => region.Batches.SelectMany(batch => batch.Hosts).Select(id => states.Get<RegionFleet>(FleetStreams.Of(region.Region)).Hosts.GetValueOrDefault(id)))
            .OfType<Host>();
    }

    /// <summary>A pull that keeps any of those hosts from being worked on; null where all may go.</summary>
    public static CordPull? Blocking(Rollout rollout, IStates states, IEnumerable<string> regions)
    {
        var cord = states.Get<CordState>(CordStreams.Only);
        if (cord.InForce.IsEmpty)
        {
            return null;
        }

        var purpose = rollout.Kind == RolloutKind.Rollback ? VisitPurpose.Rollback : VisitPurpose.Forward;
        return Hosts(rollout, states, regions).Select(host => cord.Blocks(host, purpose, rollout.Id)).FirstOrDefault(pull => pull is not null);
    }

    /// <summary>All pulls in force that reach a host of the plan, those left out that are overridden for it.</summary>
    public static ImmutableArray<CordPull> Pulls(Rollout rollout, IStates states)
    {
        var cord = states.Get<CordState>(CordStreams.Only);
        if (cord.InForce.IsEmpty)
        {
            return [];
        }

        var hosts = Hosts(rollout, states, rollout.Plan!.Regions.Select(region => region.Region)).ToArray();
        return [.. cord.InForce.Where(pull => !cord.Overridden(pull, rollout.Id) && hosts.Any(host => CordState.Holds(pull.Scope, host)))];
    }

    /// <summary>The release its hosts may go back to; null where the release may only be followed, or nothing proven good is left.</summary>
    public static Release? Target(Rollout rollout, IStates states)
    {
        var catalog = states.Get<ReleaseCatalog>(ReleaseStreams.Of(rollout.Service));
        return catalog.Releases.TryGetValue(rollout.Plan!.Release, out var standing) && standing.Release.RollForwardOnly ? null : catalog.RollbackTarget(rollout.Plan.Release, rollout.Plan.Before);
    }

    public static bool Quarantined(Rollout rollout, IStates states) =>
        states.Get<ReleaseCatalog>(ReleaseStreams.Of(rollout.Service)).Releases.GetValueOrDefault(rollout.Plan!.Release)?.QuarantinedBy is not null;
}
