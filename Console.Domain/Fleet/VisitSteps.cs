using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Fleet;

/// <summary>A visit's way from step to step, and its ends.</summary>
internal static class VisitSteps
{
    public static HostStep First(VisitPurpose purpose) =>
        purpose switch
        {
            VisitPurpose.ReadOnlyOn => HostStep.ReadOnlyOn,
            VisitPurpose.ReadOnlyOff => HostStep.ReadOnlyOff,
            _ => HostStep.Drain,
        };

    /// <summary>The step after; null where the visit ends.</summary>
    public static HostStep? Next(HostStep step) => step is HostStep.Restore or HostStep.ReadOnlyOn or HostStep.ReadOnlyOff ? null : step + 1;

    public static Decision Decide(RegionFleet state, ReportSteps command, DateTimeOffset now)
    {
        // Late, doubled and fenced-off reports are facts of life: they are dropped, not refused.
        var counted = command.Reports.IsDefault ? [] : command.Reports.Where(report => Awaited(state, report, now)).DistinctBy(report => report.Host).Select(report => report.Bounded()).ToArray();
        var failed = counted.Select(report => (Report: report, Fault: Fault(state, report)))
            .Where(one => one.Fault is not null)
            .Select(one => new VisitFailure(one.Report.Host, state.Visits[one.Report.Host].Id, one.Fault!))
            .ToImmutableArray();
        var done = counted.Where(report => Fault(state, report) is null).ToImmutableArray();
        ImmutableArray<IEvent> events = [];
        events = done.Length > 0 ? events.Add(new StepsDone(done)) : events;
        events = failed.Length > 0 ? events.Add(new VisitsFailed(failed)) : events;
        var given = command.Reports.IsDefault ? [] : command.Reports.Where(report => GivenUp(state, report)).DistinctBy(report => report.Host).Select(report => report.Bounded()).ToImmutableArray();
        events = given.Length > 0 ? events.Add(new CancelledAnswered(given)) : events;
        return Decision.Accept(events);
    }

    public static Decision Expire(RegionFleet state, DateTimeOffset now)
    {
        var late = state.ActiveVisits.Where(visit => visit.Deadline <= now)
            .OrderBy(visit => visit.Host, StringComparer.Ordinal)
            .Select(visit => new VisitFailure(visit.Host, visit.Id, $"no answer to {visit.Step} since {visit.StepSince:u}; the visit's deadline {visit.Deadline:u} has passed"))
            .ToImmutableArray();
        return late.Length == 0 ? Decision.Nothing : Decision.Accept(new VisitsFailed(late));
    }

    public static Decision Cancel(RegionFleet state, CancelVisits command)
    {
        var ids = command.Visits.IsDefault ? [] : command.Visits.ToHashSet();
        var hosts = state.ActiveVisits.Where(visit => ids.Contains(visit.Id)).Select(visit => visit.Host).Order(StringComparer.Ordinal).ToImmutableArray();
        return hosts.Length == 0 ? Decision.Nothing : Decision.Accept(new VisitsCancelled(hosts, command.Why));
    }

    public static RegionFleet Apply(RegionFleet state, StepsDone done, DateTimeOffset at)
    {
        var hosts = state.Hosts.ToBuilder();
        var visits = state.Visits.ToBuilder();
        var tally = state.Tally.Begin();
        var ended = new List<string>();
        foreach (var report in done.Reports)
        {
            var visit = visits[report.Host];
            var before = hosts[report.Host];
            var host = Told(before, report, visit.Id, at);
            if (Next(visit.Step) is { } next)
            {
                visits[report.Host] = visit with { Step = next, StepSince = at, Sample = report.Sample ?? visit.Sample };
            }
            else
            {
                visits[report.Host] = visit with { Status = VisitStatus.Done, EndedAt = at };
                host = host with { State = After(visit.Step, host.State) };
                ended.Add(report.Host);
            }

            if (host != before)
            {
                hosts[report.Host] = host;
                tally.Move(before, host);
            }
        }

        return (state with { Hosts = hosts.ToImmutable(), Tally = tally.End(), Visits = visits.ToImmutable() }).WithoutActive(ended);
    }

    public static RegionFleet Apply(RegionFleet state, VisitsFailed failed, DateTimeOffset at)
    {
        var hosts = state.Hosts.ToBuilder();
        var visits = state.Visits.ToBuilder();
        var tally = state.Tally.Begin();
        foreach (var failure in failed.Failures)
        {
            visits[failure.Host] = visits[failure.Host] with { Status = VisitStatus.Failed, Detail = failure.Detail, EndedAt = at };
            var before = hosts[failure.Host];
            hosts[failure.Host] = before with { State = HostState.Casualty };
            tally.Move(before, hosts[failure.Host]);
        }

        return (state with { Hosts = hosts.ToImmutable(), Tally = tally.End(), Visits = visits.ToImmutable() }).WithoutActive(failed.Failures.Select(failure => failure.Host));
    }

    public static RegionFleet Apply(RegionFleet state, VisitsCancelled cancelled, DateTimeOffset at)
    {
        var visits = state.Visits.ToBuilder();
        foreach (var host in cancelled.Hosts)
        {
            visits[host] = visits[host] with { Status = VisitStatus.Cancelled, Detail = cancelled.Why, EndedAt = at };
        }

        return (state with { Visits = visits.ToImmutable() }).WithoutActive(cancelled.Hosts);
    }

    /// <summary>What a host says after its visit was cancelled changes no visit; it says what the host runs, and that it is done.</summary>
    public static RegionFleet Apply(RegionFleet state, CancelledAnswered answered, DateTimeOffset at)
    {
        var (hosts, visits) = (state.Hosts.ToBuilder(), state.Visits.ToBuilder());
        foreach (var report in answered.Reports)
        {
            visits[report.Host] = visits[report.Host] with { Answered = true };
            hosts[report.Host] = Told(hosts[report.Host], report, visits[report.Host].Id, at);
        }

        return state with { Hosts = hosts.ToImmutable(), Visits = visits.ToImmutable() };
    }

    /// <summary>Read-only says nothing of a host that a visit left half changed: only a whole visit brings that one back.</summary>
    private static HostState After(HostStep last, HostState before) =>
        last switch
        {
            HostStep.ReadOnlyOn => before == HostState.InService ? HostState.ReadOnly : before,
            HostStep.ReadOnlyOff => before == HostState.ReadOnly ? HostState.InService : before,
            _ => HostState.InService,
        };

    private static RegionFleet WithoutActive(this RegionFleet state, IEnumerable<string> ended)
    {
        var active = state.Active.ToBuilder();
        var working = state.Working.ToBuilder();
        foreach (var az in ended.GroupBy(host => state.Hosts[host].Az))
        {
            foreach (var host in az)
            {
                Count(working, state.Visits[host].Rollout, -1);
            }

            var left = active[az.Key].Except(az);
            if (left.IsEmpty)
            {
                active.Remove(az.Key);
            }
            else
            {
                active[az.Key] = left;
            }
        }

        return state with { Active = active.ToImmutable(), Working = working.ToImmutable() };
    }

    internal static void Count(ImmutableDictionary<string, int>.Builder working, string? rollout, int by)
    {
        if (rollout is null)
        {
            return;
        }

        var count = working.GetValueOrDefault(rollout) + by;
        working[rollout] = count;
        if (count == 0)
        {
            working.Remove(rollout);
        }
    }

    private static bool GivenUp(RegionFleet state, StepReport report) =>
        report?.Host is not null && state.Visits.TryGetValue(report.Host, out var visit) && visit is { Status: VisitStatus.Cancelled, Answered: false } && visit.Token == report.Token && visit.CommandId == report.CommandId;

    private static bool Awaited(RegionFleet state, StepReport report, DateTimeOffset now) =>
        report?.Host is not null && state.Visits.TryGetValue(report.Host, out var visit) && visit.Status == VisitStatus.Active && visit.Token == report.Token && visit.CommandId == report.CommandId && now < visit.Deadline;

    /// <summary>Why the report ends the visit badly; null where it goes on. "Done" means the host itself says which release it runs (law 10).</summary>
    private static string? Fault(RegionFleet state, StepReport report)
    {
        var visit = state.Visits[report.Host];
        if (!report.Succeeded)
        {
            return $"{visit.Step} failed: {report.Detail ?? "no detail given"}";
        }

        var confirms = visit.Step is HostStep.Verify or HostStep.Restore;
        return confirms && visit.Release is not null && report.Release != visit.Release ? $"{visit.Step} found release {report.Release ?? "unknown"}, expected {visit.Release}"
            : visit.Step == HostStep.Verify ? Unconfirmed(visit, report)
            : null;
    }

    private static string? Unconfirmed(Visit visit, StepReport report) =>
        visit.Changes.FirstOrDefault(change => HostChange.LeavesVersion(change.Kind) && Said(report, change.Kind) != change.Version) is { } missing
            ? $"Verify found {missing.Kind} {Said(report, missing.Kind) ?? "unknown"}, expected {missing.Version}"
            : null;

    private static string? Said(StepReport report, HostChangeKind kind) => report.Changes.FirstOrDefault(change => change.Kind == kind)?.Version;

    private static Host Told(Host host, StepReport report, string visit, DateTimeOffset at)
    {
        var (firmware, patch) = (Said(report, HostChangeKind.Firmware) ?? host.Firmware, Said(report, HostChangeKind.OsPatch) ?? host.OsPatch);
        return host with
        {
            Release = report.Release ?? host.Release,
            Firmware = firmware,
            FirmwareSince = firmware == host.Firmware ? host.FirmwareSince : new(visit, at),
            OsPatch = patch,
            OsPatchSince = patch == host.OsPatch ? host.OsPatchSince : new(visit, at),
        };
    }
}
