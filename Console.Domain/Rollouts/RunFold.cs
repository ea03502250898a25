using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Calendar;

namespace OpsConsole.Domain.Rollouts;

/// <summary>What each event makes of a region's run.</summary>
internal static class RunFold
{
    public const int MostEvidence = 20;
    private const int MostWindows = 20;

    public static RegionRun Apply(RegionRun run, IEvent happened, DateTimeOffset at) =>
        happened switch
        {
            RunStageBegan e => run with
            {
                Held = null, Stage = e.Stage, Attempt = e.Attempt, CordEpoch = e.CordEpoch, Phase = e.Observe ? RunPhase.Observing : RunPhase.Working, Batch = -1, Az = "",
                StageSince = at, AzSince = at, BatchSince = at, LastWindow = at, Windows = 0, Unhealthy = TimeSpan.Zero, Start = [], Gates = run.Gates.Clear(),
            },
            BatchBegan e => run with
            {
                Phase = RunPhase.Working, Batch = e.Batch, Az = e.Az, BatchSince = at, AzSince = run.Az == e.Az ? run.AzSince : at,
                Touched = [.. run.Touched.Union(e.Hosts)], Pending = run.Pending.Union(e.Hosts.Where(host => !run.Settled(host))),
                Gates = run.Phase == RunPhase.Observing ? Begun(run.Gates) : run.Gates,
                Pace = RunPace.With(run.Pace, at, e.Hosts.Count(host => !run.Settled(host))),
            },
            HostsSettled e => run with
            {
                Confirmed = run.Confirmed.Union(e.Confirmed), Casualties = [.. run.Casualties.Where(old => e.Casualties.All(one => one.Host != old.Host)), .. e.Casualties],
                Pending = run.Pending.Except(e.Confirmed).Except(e.Casualties.Select(casualty => casualty.Host)),
            },
            BakeBegan => run with { Phase = RunPhase.Baking, BakeSince = at, BakeSamples = 0, LastWindow = at, Windows = 0 },
            WindowJudged e => Judged(run, e),
            RunStageDone => run with { Phase = RunPhase.Done },
            CalendarClosed e => run with { Held = new(e.Entries, at) },
            CalendarOpened => RunCalendar.LetOn(run, at),
            RunHalted e => run with { Held = null, Halt = new(e.Kind, e.Why, at, e.Pull, e.Evidence), Evidence = e.Evidence is null ? run.Evidence : Remember(run.Evidence, e.Evidence) },
            RunResumed e => Resumed(run, e, at),
            _ => run,
        };

    /// <summary>What was bad before the first host is not the release's: only the last look, which let it begin, stays.</summary>
    private static ImmutableDictionary<string, GateStanding> Begun(ImmutableDictionary<string, GateStanding> gates) =>
        gates.ToImmutableDictionary(gate => gate.Key, gate => gate.Value with { Last = [.. gate.Value.Last.TakeLast(1)] });

    private static RegionRun Judged(RegionRun run, WindowJudged window)
    {
        var gates = run.Gates;
        foreach (var verdict in window.Verdicts)
        {
            var before = gates.GetValueOrDefault(verdict.Gate) ?? new([], null);
            gates = gates.SetItem(verdict.Gate, new([.. before.Last.TakeLast(MostWindows - 1), verdict.Verdict], verdict.Evidence ?? before.Evidence) { Clock = verdict.Clock });
        }

        var bad = window.Verdicts.Any(verdict => verdict.Verdict == Verdict.Bad);
        return run with
        {
            LastWindow = window.To,
            Windows = run.Windows + 1,
            BakeSamples = run.Phase == RunPhase.Baking ? run.BakeSamples + window.Samples : run.BakeSamples,
            Gates = gates,
            Hosts = window.Hosts.IsDefault ? [] : window.Hosts,
            Start = window.Start.IsDefaultOrEmpty ? run.Start : window.Start,
            Unhealthy = bad && run.Phase != RunPhase.Observing ? run.Unhealthy + (window.To - window.From) : run.Unhealthy,
            Evidence = window.Verdicts.Where(verdict => verdict.Evidence is not null).Aggregate(run.Evidence, (all, verdict) => Remember(all, verdict.Evidence!)),
        };
    }

    private static RegionRun Resumed(RegionRun run, RunResumed e, DateTimeOffset at) => run with
    {
        Pending = e.RetryCasualties ? run.Pending.Union(run.Casualties.Where(casualty => casualty.Stage == run.Stage && !run.Confirmed.Contains(casualty.Host)).Select(casualty => casualty.Host)) : run.Pending,
        Halt = null,
        Held = null,
        Attempt = e.Attempt,
        CordEpoch = e.CordEpoch,
        Batch = e.Batch,
        Phase = e.Phase,
        StageSince = at,
        AzSince = at,
        BatchSince = at,
        BakeSince = at,
        BakeSamples = 0,
        LastWindow = at,
        Windows = 0,
        Unhealthy = TimeSpan.Zero,
        Gates = run.Gates.Clear(),
        Casualties = e.RetryCasualties ? run.Casualties.RemoveAll(casualty => casualty.Stage == run.Stage) : [.. run.Casualties.Select(casualty => casualty with { Accepted = true })],
    };

    private static ImmutableArray<Evidence> Remember(ImmutableArray<Evidence> all, Evidence one) =>
        all.Contains(one) ? all : [.. all.TakeLast(MostEvidence - 1), one];
}
