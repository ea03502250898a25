using System.Collections.Immutable;

namespace OpsConsole.Domain.Alarms;

/// <summary>What a gate allows at one moment, in the metric's unit. Bounds against the baseline move with it, so they belong to a window, not to the gate.</summary>
/// <param name="Baseline">What the value is compared with; null where nothing usable was read.</param>
/// <param name="Most">The value may be at most this; null for no upper bound.</param>
/// <param name="Least">The value must be at least this; null for no lower bound.</param>
public sealed record GateBounds(double? Baseline, double? Most, double? Least)
{
    /// <param name="reading">The gate's metric in the window; null where it was not read.</param>
    /// <param name="start">What the same metrics were before the first host changed.</param>
    public static GateBounds Of(Gate gate, Reading? reading, ImmutableArray<Reading> start)
    {
        var baseline = BaselineOf(gate, reading, start);
        double?[] relative = [baseline + gate.MaxIncrease, baseline * gate.MaxRatio];
        var against = relative.Min() is { } bound ? Math.Max(bound, gate.Floor) : (double?)null;
        double?[] upper = [gate.Max, against];
        return new(baseline, upper.Min(), gate.Min);
    }

    /// <summary>The window's own baseline where it rests on enough samples, else what was read before the first host.</summary>
    internal static double? BaselineOf(Gate gate, Reading? reading, ImmutableArray<Reading> start)
    {
        var enough = Math.Max(1, gate.MinSamples);
        var before = start.IsDefault ? null : start.FirstOrDefault(one => one.Metric == gate.Reads && one.Failure is null && one.Samples >= enough);
        var own = reading?.BaselineSamples >= enough ? Usable(reading.Baseline) : null;
        return own ?? Usable(before?.Value);
    }

    internal static double? Usable(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
