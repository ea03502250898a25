using System.Collections.Immutable;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Domain.FleetUpdate.Orders;

/// <summary>Taking an order: whether it can be worked with, on which hosts, and which of those no plan can ever take.</summary>
public static class CampaignOrdering
{
    internal static Decision Decide(FleetUpdateState state, OrderCampaign command, DecisionContext context, ISafetyAuthorities authorities)
    {
        if (command.Order is null || command.Order.Problem() is not null)
        {
            return Refused(RejectionKind.Invalid, "fleetupdate.order", $"In it, {command.Order?.Problem() ?? "everything is missing"}.", "Correct it.");
        }

        if (state.Campaigns.TryGetValue(command.Order.Id, out var known))
        {
            return known.By == context.Actor.Id && Same(known.Order, command.Order) ? Decision.Nothing : Refused(RejectionKind.Conflict, "fleetupdate.id-taken", $"{known.By} ordered {command.Order.Id} at {known.At:u}.", "Choose another id.");
        }

        if (string.IsNullOrWhiteSpace(context.Reason))
        {
            return Refused(RejectionKind.Invalid, "fleetupdate.no-reason", "It gives no reason.", "Say why.");
        }

        if (state.Campaigns.Values.Count(campaign => !campaign.Over) >= FleetUpdateState.MostAtOnce)
        {
            return Refused(RejectionKind.Conflict, "fleetupdate.too-many", $"{FleetUpdateState.MostAtOnce} campaigns of {state.Region} are not over.", "Wait until one is, or cancel one.");
        }

        var fleet = context.States.Get<RegionFleet>(FleetStreams.Of(state.Region));
        var (azs, left) = Hosts(command.Order, fleet, authorities, context.Now);
        return OrderedReleases.Refuse(command.Order, azs.SelectMany(az => az.Hosts).Select(host => fleet.Hosts[host].Service), context.States) is { } release ? release
            : azs.IsEmpty
            ? Refused(RejectionKind.Blocked, "fleetupdate.no-hosts", left.IsEmpty ? $"{state.Region} has no host of those it names." : $"None of its {left.Length} hosts can be let go: {left[0].Host}: {left[0].Why}", left.IsEmpty ? "Name services, AZs or hosts that the region has." : "Change the code, the placement or the policy of those sets, or give their placement.")
                .With("hosts-left-out", $"{left.Length}")
            : Decision.Accept(new CampaignOrdered(command.Order, context.Actor.Id, context.Reason, context.States.Get<CordState>(CordStreams.Only).Epoch, azs, left));
    }

    /// <summary>The hosts of an order, in the order in which they go, and those that no plan can take, each with the reason.</summary>
    public static (ImmutableArray<PlannedAz> Azs, ImmutableArray<LeftHost> Left) Hosts(CampaignOrder order, RegionFleet fleet, ISafetyAuthorities authorities, DateTimeOffset now)
    {
        var taken = fleet.Hosts.Values.Where(order.Takes).ToArray();
        var nobodyGone = new RegionReservations(fleet.Region);
        var left = taken.Select(host => (Host: host, Why: Never(host, fleet, nobodyGone, authorities, now))).Where(one => one.Why is not null).Select(one => new LeftHost(one.Host.Id, one.Why!)).OrderBy(one => one.Host, StringComparer.Ordinal).ToImmutableArray();
        var out_ = left.Select(one => one.Host).ToHashSet();
        var azs = taken.Where(host => !out_.Contains(host.Id)).GroupBy(host => host.Az).OrderBy(az => az.Key, StringComparer.Ordinal).Select(az => Planned(az.Key, [.. az])).ToImmutableArray();
        return (azs, left);
    }

    private static PlannedAz Planned(string az, ImmutableArray<Host> hosts)
    {
        var order = HostOrder.Of(hosts);
        var rack = hosts.First(host => host.Id == order[0]).Rack;
        return new(az, order, CanaryStages.Of(order.Length, hosts.Count(host => host.Rack == rack)));
    }

    /// <summary>What no waiting will change: a set that falls short with this host alone gone, or nobody who knows what the host holds.</summary>
    private static string? Never(Host host, RegionFleet fleet, RegionReservations nobodyGone, ISafetyAuthorities authorities, DateTimeOffset now) =>
        authorities.For(host) is not { } authority ? $"no service says what data {host.Id} ({host.Service}) holds"
        : authority.Ask(new(nobodyGone, fleet, host, SafetyTier.Maintenance, now)).Objection is { Never: true } objection ? $"set {objection.Set} leaves no room: it would fall short of its policy with this host alone gone"
        : null;

    private static bool Same(CampaignOrder one, CampaignOrder other) =>
        one.Activities.SequenceEqual(other.Activities) && one.Services.SequenceEqual(other.Services) && one.Azs.SequenceEqual(other.Azs) && one.Hosts.SequenceEqual(other.Hosts)
        && one with { Activities = [], Services = [], Azs = [], Hosts = [] } == other with { Activities = [], Services = [], Azs = [], Hosts = [] };

    private static Rejection Refused(RejectionKind kind, string code, string why, string @do) => new(kind, code, "The campaign was not ordered.", why, @do);
}
