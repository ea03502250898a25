namespace OpsConsole.Domain.Canaries.Silence;

public enum SeasonBasis
{
    /// <summary>The same minutes of earlier weeks.</summary>
    Weeks,

    /// <summary>The hours before: until there are weeks.</summary>
    Hours,
}

/// <summary>What is usual in a minute.</summary>
/// <param name="Low">Below this, traffic has fallen: what chance and habit allow lies above it.</param>
public sealed record Expected(SeasonBasis Basis, double Median, double Deviation, double Low, int Values);

/// <summary>
/// What traffic is usual in a minute. Traffic has its week: Monday at nine is compared with Mondays at nine, and where fewer than three are known, with the hours
/// before. Where neither is known nothing is expected, and nothing is concluded.
/// </summary>
public static class Season
{
    public const int FewestWeeks = 3;
    public const int FewestMinutes = 30;

    /// <summary>Below this many requests a minute, chance alone could hide or feign a fall.</summary>
    public const double LeastTraffic = 20;

    /// <summary>A fall of less than this share is nobody's outage.</summary>
    public const double LeastFall = 0.3;

    private const int Neighbours = 2;
    private const int MinutesBefore = 60;

    /// <summary>How far back the short comparison looks for minutes that had not fallen: a longer fall is the new usual.</summary>
    private const int LongestBefore = 6 * 60;
    private const double Deviations = 4;
    private const double ChanceDeviations = 4;

    /// <summary>Null where too little is known, or there is too little traffic.</summary>
    /// <param name="gap">Minutes right before that are left out: they are being judged too.</param>
    public static Expected? Of(TrafficHistory history, long minute, int gap)
    {
        var (basis, values) = Weekly(history, minute) is { } weekly ? (SeasonBasis.Weeks, weekly) : (SeasonBasis.Hours, Recent(history, minute, gap));
        if (values.Length < FewestMinutes && basis == SeasonBasis.Hours)
        {
            return null;
        }

        var (median, deviation) = Robust.Of(values);
        var low = median - Math.Max(Math.Max(Deviations * Robust.NormalScale * deviation, ChanceDeviations * Math.Sqrt(median)), LeastFall * median);
        return median < LeastTraffic || low <= 0 ? null : new(basis, median, deviation, low, values.Length);
    }

    private static double[]? Weekly(TrafficHistory history, long minute)
    {
        var values = new List<double>();
        var weeks = 0;
        for (var week = 1; week < TrafficHistory.Weeks; week++)
        {
            var before = values.Count;
            for (var beside = -Neighbours; beside <= Neighbours; beside++)
            {
                // Those that fell are in it: one bad week of several moves no median, and what falls every week is usual.
                if (history[minute - (week * (long)TrafficHistory.WeekMinutes) + beside] is { } value)
                {
                    values.Add(value);
                }
            }

            weeks += values.Count > before ? 1 : 0;
        }

        return weeks >= FewestWeeks ? [.. values] : null;
    }

    private static double[] Recent(TrafficHistory history, long minute, int gap)
    {
        var values = new List<double>(MinutesBefore);
        for (var back = gap; back < LongestBefore && values.Count < MinutesBefore; back++)
        {
            if (history.Usual(minute - back) is { } value)
            {
                values.Add(value);
            }
        }

        return [.. values];
    }
}
