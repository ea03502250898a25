using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Fleet;

/// <summary>Beginning visits: known hosts, one visit a host, one AZ at a time.</summary>
internal static class VisitStart
{
    /// <summary>One command begins at most this many visits: its event stays small and its region's writer quick.</summary>
    public const int Most = 10_000;

    public static Decision Decide(RegionFleet state, BeginVisits command, DecisionContext context, ImmutableArray<IVisitRule> rules)
    {
        var fresh = Fresh(state, command);
        if (fresh.Length == 0)
        {
            return Decision.Nothing;
        }

        foreach (var order in fresh)
        {
            if (Wrong(order) is { } wrong)
            {
                return wrong;
            }

            if (!state.Hosts.ContainsKey(order.Host))
            {
                return new Rejection(RejectionKind.NotFound, "fleet.unknown-host", $"No visit can begin on {order.Host}.", $"{state.Region} has no such host.", "Import it first, or plan again.");
            }

            if (Taken(state, order) is { } visit)
            {
                return new Rejection(RejectionKind.Conflict, "fleet.host-in-work", $"No visit can begin on {order.Host}.", $"Visit {visit.Id} is at {visit.Step} since {visit.StepSince:u}.", "Wait until it ends, or abort its rollout.");
            }
        }

        if (fresh.Length > Most)
        {
            return new Rejection(RejectionKind.Invalid, "fleet.too-many-visits", $"{fresh.Length} visits cannot begin at once.", $"One command begins at most {Most}.", "Send them in smaller batches.");
        }

        var twice = fresh.GroupBy(order => order.Host).FirstOrDefault(same => same.Skip(1).Any());
        if (twice is not null)
        {
            return new Rejection(RejectionKind.Invalid, "fleet.host-twice", $"No visit can begin on {twice.Key}.", $"The command orders {twice.Count()} visits for it: {string.Join(", ", twice.Select(order => order.Id))}.", "Order one visit a host.");
        }

        return rules.Select(rule => rule.Refuses(state, fresh, context)).FirstOrDefault(refused => refused is not null) is { } refused
            ? refused
            : OtherAz(state, fresh) ?? Begin(state, fresh, command.CordEpoch, context.Now);
    }

    public static RegionFleet Apply(RegionFleet state, VisitsBegan began)
    {
        var hosts = state.Hosts.ToBuilder();
        var visits = state.Visits.Over(state.Hosts).ToBuilder();
        var active = state.Active.ToBuilder();
        var tally = state.Tally.Begin();
        var working = state.Working.ToBuilder();
        foreach (var visit in began.Visits)
        {
            if (visits.TryGetValue(visit.Host, out var before) && before.Status == VisitStatus.Active)
            {
                VisitSteps.Count(working, before.Rollout, -1);
            }

            VisitSteps.Count(working, visit.Rollout, 1);
            var host = hosts[visit.Host];
            hosts[visit.Host] = host with { Token = visit.Token, State = visit.Purpose is VisitPurpose.Forward or VisitPurpose.Rollback ? HostState.InWork : host.State };
            tally.Move(host, hosts[visit.Host]);
            visits[visit.Host] = visit;
        }

        foreach (var az in began.Visits.GroupBy(visit => hosts[visit.Host].Az, visit => visit.Host))
        {
            active[az.Key] = (active.TryGetValue(az.Key, out var ids) ? ids : []).Union(az);
        }

        return state with { Hosts = hosts.ToImmutable(), Tally = tally.End(), Visits = visits.ToImmutable(), Active = active.ToImmutable(), Working = working.ToImmutable() };
    }

    /// <summary>Orders not begun yet. Two pulls of the cord may ask the same of one host: the first stands for both.</summary>
    private static VisitOrder[] Fresh(RegionFleet state, BeginVisits command)
    {
        var stopped = new HashSet<string>();
        return command.Orders.IsDefault ? [] : [.. command.Orders
            .Where(order => Changes(order.Purpose) || stopped.Add($"{order.Purpose}/{order.Host}"))
            .Where(order => !(state.Visits.TryGetValue(order.Host, out var visit) && visit.Id == order.Id))];
    }

    private static Rejection? Wrong(VisitOrder order)
    {
        if (order.Id is not { Length: > 0 and <= 200 })
        {
            return new(RejectionKind.Invalid, "fleet.visit-id", $"No visit can begin on {order.Host}.", $"Its id has {order.Id?.Length ?? 0} characters.", "Give it 1 to 200.");
        }

        if (order.Limit < TimeSpan.FromSeconds(1) || order.Limit > TimeSpan.FromHours(24))
        {
            return new(RejectionKind.Invalid, "fleet.visit-limit", $"The visit {order.Id} cannot begin.", $"Its limit is {order.Limit}.", "Give it 1 second to 24 hours.");
        }

        if (HostChange.Problem(order.Changes) is { } changes)
        {
            return new(RejectionKind.Invalid, "fleet.visit-changes", $"The visit {order.Id} cannot begin.", changes, "Correct them.");
        }

        return Changes(order.Purpose) && string.IsNullOrEmpty(order.Release) && order.Changes.IsEmpty
            ? new(RejectionKind.Invalid, "fleet.visit-release", $"The visit {order.Id} cannot begin.", "It names no release and no other change.", "Name what is to be done.")
            : null;
    }

    /// <summary>
    /// The visit that keeps the host. A stop (read-only on) or a rollback may take over a host from a visit that is still out: its higher token fences the old one off.
    /// What lets a host go on (forward, read-only off) waits.
    /// </summary>
    private static Visit? Taken(RegionFleet state, VisitOrder order) =>
        order.Purpose is VisitPurpose.Forward or VisitPurpose.ReadOnlyOff && state.Visits.TryGetValue(order.Host, out var visit) && visit.Status == VisitStatus.Active ? visit : null;

    /// <summary>Law 5. Read-only is a stop and not maintenance: it passes.</summary>
    private static Decision? OtherAz(RegionFleet state, VisitOrder[] fresh)
    {
        var azs = fresh.Where(order => Changes(order.Purpose)).Select(order => state.Hosts[order.Host].Az).Distinct().ToArray();
        if (azs.Length == 0)
        {
            return null;
        }

        var replaced = fresh.Select(order => order.Host).ToHashSet();
        var holder = state.Active.Where(pair => azs.Length > 1 || pair.Key != azs[0])
            .SelectMany(pair => pair.Value)
            .FirstOrDefault(host => Changes(state.Visits[host].Purpose) && !replaced.Contains(host));
        if (azs.Length == 1 && holder is null)
        {
            return null;
        }

        return new Rejection(
                RejectionKind.Blocked,
                "fleet.one-az",
                $"No visit can begin in {string.Join(" and ", azs)}.",
                holder is null ? "One order names hosts of more than one AZ." : $"{state.Hosts[holder].Az} of {state.Region} has {holder} in work, and one AZ of a region changes at a time.",
                "Wait until the other AZ's visits have ended.")
            .With("holder", holder ?? "")
            .With("azs", string.Join(",", azs));
    }

    private static bool Changes(VisitPurpose purpose) => purpose is VisitPurpose.Forward or VisitPurpose.Rollback;

    private static Decision Begin(RegionFleet state, VisitOrder[] fresh, long cordEpoch, DateTimeOffset now) =>
        Decision.Accept(new VisitsBegan(fresh
            .Select(order => new Visit(order.Id, order.Host, order.Purpose, order.Release, order.Digest, order.Rollout, state.Hosts[order.Host].Token + 1, now, now + order.Limit)
            {
                Step = VisitSteps.First(order.Purpose),
                StepSince = now,
                CordEpoch = cordEpoch,
                Changes = order.Changes,
                Reservation = order.Reservation,
            })
            .ToImmutableArray()));
}
