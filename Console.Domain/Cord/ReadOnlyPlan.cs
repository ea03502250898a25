using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Cord;

/// <summary>Which hosts of a region the cord still has to make read-only, or to let write again. Asking again gives the same visits.</summary>
public static class ReadOnlyPlan
{
    /// <summary>A host that does not answer within this is a casualty.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private const string Prefix = "cord/";

    /// <param name="most">At most this many orders, so that one event stays small; the rest come at the next ticks.</param>
    public static ImmutableArray<VisitOrder> Due(CordState cord, RegionFleet fleet, int most) =>
        [.. Begin(cord, fleet).Concat(End(cord, fleet)).OrderBy(order => order.Host, StringComparer.Ordinal).Take(most)];

    private static IEnumerable<VisitOrder> Begin(CordState cord, RegionFleet fleet)
    {
        foreach (var pull in cord.InForce.Where(pull => pull.Mode == CordMode.ReadOnly))
        {
            // Hosts in work and casualties take no traffic; the next look finds them if they come back.
            foreach (var host in fleet.Hosts.Values.Where(host => host.State == HostState.InService && CordState.Holds(pull.Scope, host)))
            {
                yield return new VisitOrder($"{Prefix}{pull.Id}/{host.Id}/on", host.Id, VisitPurpose.ReadOnlyOn, null, null, null, Limit);
            }
        }
    }

    /// <summary>Releasing a read-only pull is a person's word that these hosts may write again; no rollout resumes by it.</summary>
    private static IEnumerable<VisitOrder> End(CordState cord, RegionFleet fleet)
    {
        var holding = cord.InForce.Where(pull => pull.Mode == CordMode.ReadOnly).ToArray();
        foreach (var visit in fleet.Visits.Values.Where(visit => visit is { Purpose: VisitPurpose.ReadOnlyOn, Status: VisitStatus.Done } && visit.Id.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var host = fleet.Hosts[visit.Host];
            if (host.State == HostState.ReadOnly && !holding.Any(pull => CordState.Holds(pull.Scope, host)))
            {
                yield return new VisitOrder($"{visit.Id[..^"on".Length]}off", host.Id, VisitPurpose.ReadOnlyOff, null, null, null, Limit);
            }
        }
    }
}
