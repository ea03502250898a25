using System.Globalization;

namespace OpsConsole.Domain.Rollouts;

/// <summary>Figures as people read them.</summary>
internal static class Words
{
    public static string Of(TimeSpan time) =>
        time switch
        {
            { TotalSeconds: < 1 } => Figure(time.TotalMilliseconds, "ms"),
            { TotalMinutes: < 2 } => Figure(time.TotalSeconds, "s"),
            { TotalHours: < 2 } => Figure(time.TotalMinutes, "min"),
            { TotalDays: < 3 } => Figure(time.TotalHours, "h"),
            _ => Figure(time.TotalDays, "days"),
        };

    public static string Hosts(int count) => count == 1 ? "1 host" : string.Create(CultureInfo.InvariantCulture, $"{count} hosts");

    /// <summary>The first few of a list, and how many more there are.</summary>
    public static string Some(IEnumerable<string> all, int most = 5)
    {
        var list = all.ToArray();
        return list.Length <= most ? string.Join(", ", list) : $"{string.Join(", ", list.Take(most))} and {list.Length - most} more";
    }

    private static string Figure(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {unit}");
}
