using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;

namespace OpsConsole.Domain.Rollouts;

/// <summary>A window's verdicts on one region's run: readings, counts of hosts, what a person let pass by name, and timers.</summary>
internal static class RunGates
{
    public static ImmutableArray<GateVerdict> Judge(RegionRun run, RunInput input, HealthWindow health, ImmutableArray<HostTally> hosts)
    {
        var observing = run.Phase == RunPhase.Observing;
        var start = observing ? health.Readings : run.Start;
        ImmutableArray<Gate> gates = [.. input.Gates(run).Select(gate => observing ? gate : GateOverrides.SinceStart(gate, input.Rollout, run))];
        var counted = gates.RemoveAll(gate => gate.Hosts is null).ToDictionary(gate => gate.Name, gate => HostGates.Judge(gate, run.Region, health.From, health.To, hosts, input.Rollout.StartHosts));
        var read = GateJudge.JudgeAll(gates.RemoveAll(gate => gate.Hosts is not null), run.Region, health, start, run.Windows + 1).ToDictionary(verdict => verdict.Gate);
        return [.. gates.Select(gate => Timed(run, gate, Passed(input.Rollout, observing, counted.GetValueOrDefault(gate.Name) ?? read[gate.Name]), health))];
    }

    /// <summary>Whether the gate holds nothing up: with a timer that it was good for long enough, else that its last window was.</summary>
    public static bool IsOk(RegionRun run, Gate gate) =>
        run.Gates.TryGetValue(gate.Name, out var standing) && !standing.Last.IsEmpty
        && (gate.Timer is { } timer && run.Phase != RunPhase.Observing ? timer.Says(standing.Clock) : standing.Last[^1]) == Verdict.Ok;

    /// <summary>Whether it has failed: with a timer after its time, else after its windows.</summary>
    public static bool IsBad(RegionRun run, Gate gate) =>
        gate.Timer is { } timer
            ? run.Gates.TryGetValue(gate.Name, out var standing) && timer.Says(standing.Clock) == Verdict.Bad
            : RunFacts.Last(run, gate).Count(verdict => verdict == Verdict.Bad) >= gate.Bad;

    private static GateVerdict Passed(Rollout rollout, bool observing, GateVerdict verdict) =>
        observing && verdict.Verdict == Verdict.Bad && GateOverrides.Of(rollout, verdict.Gate) is not null ? verdict with { Verdict = Verdict.Ok } : verdict;

    private static GateVerdict Timed(RegionRun run, Gate gate, GateVerdict verdict, HealthWindow health)
    {
        if (gate.Timer is not { } timer || run.Phase is not (RunPhase.Working or RunPhase.Baking))
        {
            return verdict;
        }

        var began = run.Phase == RunPhase.Baking ? run.BakeSince : run.BatchSince;
        var clock = timer.After(run.Gates.GetValueOrDefault(gate.Name)?.Clock, began, verdict.Verdict, health.From, health.To);
        var waits = health.To < began + timer.Wait && verdict.Verdict == Verdict.Bad;
        return (waits ? verdict with { Verdict = Verdict.Missing } : verdict) with { Clock = clock };
    }
}
