using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;

namespace OpsConsole.Domain.Rollouts;

/// <summary>One window as one gate judged it, good or not, with what it was compared with.</summary>
/// <param name="From">Start, UTC; the bake's beginning for gates that judge the whole bake.</param>
/// <param name="To">End, UTC.</param>
/// <param name="Az">The AZ in work then; empty before the first.</param>
/// <param name="Value">In the metric's unit; null where nothing usable was read.</param>
public sealed record GateWindow(DateTimeOffset From, DateTimeOffset To, RunPhase Phase, string Az, Verdict Verdict, double? Value, long Samples, GateBounds Bounds);

/// <summary>All windows kept of one gate in one region, oldest first.</summary>
public sealed record GateLine(string Gate, string Metric, ImmutableArray<GateWindow> Windows);

/// <summary>What a run's gates see in a window, by the same judge that decides on it.</summary>
public static class GateWindows
{
    /// <param name="run">As it was before the window was judged.</param>
    /// <param name="input">With the window; without one, or with one that is not judged, the answer is empty.</param>
    public static ImmutableArray<(Gate Gate, GateWindow Window)> Of(RegionRun run, RunInput input)
    {
        if (input.Health is not { } health || RunFacts.Judged(run, input) is not { } judged)
        {
            return [];
        }

        var start = run.Phase == RunPhase.Observing ? health.Readings : run.Start;
        return [.. input.Gates(run).Zip(judged.Verdicts, (gate, verdict) => (gate, One(run, gate, verdict.Verdict, gate.OverBake ? health.Whole ?? health with { Readings = [] } : health, start)))];
    }

    private static GateWindow One(RegionRun run, Gate gate, Verdict verdict, HealthWindow window, ImmutableArray<Reading> start)
    {
        var reading = window.Readings.FirstOrDefault(one => one.Metric == gate.Reads);
        var value = GateBounds.Usable(reading?.Failure is null ? reading?.Value : null);
        return new(window.From, window.To, run.Phase, run.Az, verdict, value, Math.Max(0, reading?.Samples ?? 0), GateBounds.Of(gate, reading, start));
    }
}
