using System.Collections.Immutable;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Reservations.Safety;

/// <summary>
/// Hosts of an index are made read-only only while enough members of each of its quorums can still be written to: without them no repair can write down where it put a shard. A host that is charged, out of service,
/// read-only or to be so by another pull counts as one that cannot be written to.
/// </summary>
public sealed class WritableQuorum(ISafetyAuthorities authorities) : ICordRule
{
    private const int MostNamed = 20;

    public Rejection? Refuses(PullCord pull, CordState cord, DecisionContext context) =>
        pull.Mode != CordMode.ReadOnly ? null
            : context.States.All<RegionFleet>(FleetStreams.Family).Select(region => region.State).OrderBy(fleet => fleet.Region, StringComparer.Ordinal)
                .SelectMany(fleet => fleet.Hosts.Values.Where(host => host.Role == HostRole.Index).GroupBy(host => host.Service).Select(service => Refuses(pull, cord, fleet, [.. service], context)))
                .FirstOrDefault(refused => refused is not null);

    private Rejection? Refuses(PullCord pull, CordState cord, RegionFleet fleet, ImmutableArray<Host> members, DecisionContext context)
    {
        var taken = members.Where(host => CordState.Holds(pull.Scope, host)).Select(host => host.Id).ToHashSet();
        if (taken.Count == 0)
        {
            return null;
        }

        var (service, region) = (members[0].Service, fleet.Region);
        if (authorities.For(members[0])?.Counted is not { } counted)
        {
            return No("cord.quorum-unknown", pull, $"Which of the {service} hosts of {region} agree with each other is not known, and writes need a majority of those that do.", service, region, taken);
        }

        var charged = context.States.Get<RegionReservations>(ReservationStreams.Of(region)).Charged;
        bool Writable(string id) =>
            fleet.Hosts.TryGetValue(id, out var host) && host.State == HostState.InService && !charged.ContainsKey(id)
            && !cord.InForce.Any(other => other.Mode == CordMode.ReadOnly && CordState.Holds(other.Scope, host));
        foreach (var set in counted.Sets.Where(set => set.Hosts.Any(taken.Contains)))
        {
            var writable = set.Hosts.Where(Writable).ToArray();
            var left = writable.Count(host => !taken.Contains(host));
            if (writable.Length >= set.K && left < set.K)
            {
                return No("cord.quorum", pull, $"Of the members of {set.Id}, {left} could still be written to, and {set.K} must: no repair could write down where it put a shard.", service, region, set.Hosts.Where(taken.Contains))
                    .With("set", set.Id)
                    .With("writable", $"{left}")
                    .With("needed", $"{set.K}");
            }
        }

        return null;
    }

    private static Rejection No(string code, PullCord pull, string why, string service, string region, IEnumerable<string> members)
    {
        var named = members.Distinct().Order(StringComparer.Ordinal).ToArray();
        return new Rejection(RejectionKind.Blocked, code, $"The hosts of {pull.Scope} were not made read-only.", why, $"Pull it at halt, which stops host commands without that, or make only hosts of services that keep data read-only, as store:NAME/{region}.")
            .With("service", service)
            .With("region", region)
            .With("members", string.Join(",", named.Take(MostNamed)) + (named.Length > MostNamed ? $" and {named.Length - MostNamed} more" : ""));
    }
}
