using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Judge;

namespace OpsConsole.Domain.Alarms;

/// <summary>One gate's verdict on one window.</summary>
/// <param name="Evidence">What was seen; null where all is well.</param>
public sealed record GateVerdict(string Gate, Verdict Verdict, Evidence? Evidence)
{
    /// <summary>Where the gate's timer stands after it; null where it has none, or is not looked at yet.</summary>
    public HealthClock? Clock { get; init; }
}

/// <summary>Readings against gates. NaN, infinity, negative counts, too few samples and a missing baseline are Missing, never good.</summary>
public static class GateJudge
{
    /// <summary>All gates of one window.</summary>
    /// <param name="windows">Windows since the bake began, this one included.</param>
    public static ImmutableArray<GateVerdict> JudgeAll(ImmutableArray<Gate> gates, string region, HealthWindow window, ImmutableArray<Reading> start, int windows)
    {
        var canaries = CanaryGates.Judge([.. gates.Where(gate => gate.Canary is not null)], region, window, Look.At(windows)).ToDictionary(verdict => verdict.Gate);
        return [.. gates.Select(gate => canaries.TryGetValue(gate.Name, out var verdict) ? verdict : Judge(gate, region, window, start))];
    }

    /// <summary>One gate with limits.</summary>
    /// <param name="start">What the same metrics were before the first host changed: the baseline where the window has none.</param>
    public static GateVerdict Judge(Gate gate, string region, HealthWindow window, ImmutableArray<Reading> start)
    {
        window = gate.OverBake ? window.Whole ?? window with { Readings = [] } : window;
        var reading = window.Readings.FirstOrDefault(one => one.Metric == gate.Reads);
        var seen = new Evidence(Verdict.Missing, gate.Name, gate.Reads, region, "", window.From, window.To)
        {
            Samples = reading?.Samples ?? 0,
            Value = GateBounds.Usable(reading?.Value),
            Source = reading?.Source,
            Host = reading?.Host,
            Detail = reading?.Detail,
        };
        if (reading?.Failure is { } failure)
        {
            return Say(gate, seen with { Verdict = Verdict.Error, Value = null, Detail = failure });
        }

        if (reading is null || seen.Value is not { } value || reading.Samples < Math.Max(1, gate.MinSamples))
        {
            return Say(gate, seen);
        }

        if (gate.Max is { } max && value > max)
        {
            return Bad(gate, seen, $"at most {Evidence.Figure(max)}", max);
        }

        if (gate.Min is { } min && value < min)
        {
            return Bad(gate, seen, $"at least {Evidence.Figure(min)}", min);
        }

        return AgainstBaseline(gate, reading, value, seen, start);
    }

    private static GateVerdict AgainstBaseline(Gate gate, Reading reading, double value, Evidence seen, ImmutableArray<Reading> start)
    {
        if ((gate.MaxIncrease is null && gate.MaxRatio is null) || value <= gate.Floor)
        {
            return new(gate.Name, Verdict.Ok, null);
        }

        var baseline = GateBounds.BaselineOf(gate, reading, start);
        if (baseline is not { } compared)
        {
            return Say(gate, seen with { Detail = "there is no baseline to compare with" });
        }

        seen = seen with { Baseline = compared };
        if (gate.MaxIncrease is { } increase && value > compared + increase)
        {
            return Bad(gate, seen, $"at most {Evidence.Figure(increase)} over the baseline", compared + increase);
        }

        return gate.MaxRatio is { } ratio && value > compared * ratio
            ? Bad(gate, seen, $"at most {Evidence.Figure(ratio)} times the baseline", compared * ratio)
            : new(gate.Name, Verdict.Ok, null);
    }

    private static GateVerdict Bad(Gate gate, Evidence seen, string rule, double limit) => Say(gate, seen with { Verdict = Verdict.Bad, Rule = rule, Limit = limit });

    private static GateVerdict Say(Gate gate, Evidence seen) => new(gate.Name, seen.Verdict, seen);
}

/// <summary>All readings of one window.</summary>
/// <param name="From">Start, UTC.</param>
/// <param name="To">End, UTC.</param>
public sealed record HealthWindow(DateTimeOffset From, DateTimeOffset To, ImmutableArray<Reading> Readings)
{
    /// <summary>The same hosts since the bake began; null outside bakes, and where no gate asks for it.</summary>
    public HealthWindow? Whole { get; init; }
}
