using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Fleet;

/// <summary>Visits that a pull of the cord found in hand, and that go on to their end or back.</summary>
internal static class VisitSettling
{
    public static Decision Decide(RegionFleet state, SettleVisits command)
    {
        var ids = command.Visits.IsDefault ? [] : command.Visits.ToHashSet();
        var hosts = state.ActiveVisits.Where(visit => ids.Contains(visit.Id) && visit.CordEpoch < command.CordEpoch && May(visit, command.To)).Select(visit => visit.Host).Order(StringComparer.Ordinal).ToImmutableArray();
        return hosts.IsEmpty ? Decision.Nothing : Decision.Accept(new VisitsSettled(hosts, command.To, command.CordEpoch, command.Why));
    }

    /// <summary>A host that is turned back gets a new token: what it was at is fenced off, and only what it is told next counts.</summary>
    public static RegionFleet Apply(RegionFleet state, VisitsSettled settled, DateTimeOffset at)
    {
        var (hosts, visits) = (state.Hosts.ToBuilder(), state.Visits.ToBuilder());
        foreach (var id in settled.Hosts)
        {
            var visit = visits[id] with { AtPull = settled.To, CordEpoch = settled.CordEpoch, Detail = settled.Why };
            if (settled.To == SafePoint.TurnBack)
            {
                var host = hosts[id] with { Token = hosts[id].Token + 1 };
                visit = visit with { Step = HostStep.Restore, StepSince = at, Token = host.Token, Release = host.Release, Digest = null, Changes = [] };
                hosts[id] = host;
            }

            visits[id] = visit;
        }

        return state with { Hosts = hosts.ToImmutable(), Visits = visits.ToImmutable() };
    }

    private static bool May(Visit visit, SafePoint to) =>
        visit.Purpose == VisitPurpose.Forward && (to == SafePoint.Finish || (to == SafePoint.TurnBack && visit.Step is HostStep.Drain or HostStep.Install));
}
