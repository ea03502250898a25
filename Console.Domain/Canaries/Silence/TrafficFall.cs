using System.Globalization;

namespace OpsConsole.Domain.Canaries.Silence;

public enum TrafficState
{
    /// <summary>Not measured, or too little is known of what is usual: neither good nor bad.</summary>
    Missing,
    Usual,
    Fallen,
}

/// <summary>Customers' traffic beside its own season.</summary>
/// <param name="Seen">Requests in the newest minute; null where it was not measured.</param>
/// <param name="Detail">For people.</param>
public sealed record TrafficFall(TrafficState State, double? Seen, Expected? Expected, string Detail)
{
    /// <summary>Minutes that are looked at together, and how many of them must have fallen: one odd minute is nobody's outage.</summary>
    public const int Minutes = 5;

    public const int Fallen = 3;

    /// <param name="minute">The newest minute that is over.</param>
    public static TrafficFall Of(TrafficHistory history, long minute)
    {
        var (known, low) = (0, 0);
        for (var at = minute - Minutes + 1; at <= minute; at++)
        {
            if (history[at] is { } seen && Season.Of(history, at, Minutes) is { } usual)
            {
                known++;
                low += seen < usual.Low ? 1 : 0;
            }
        }

        var (newest, expected) = (history[minute], Season.Of(history, minute, Minutes));
        return low >= Fallen ? new(TrafficState.Fallen, newest, expected, Words("fell", newest, expected, low))
            : known < Fallen ? new(TrafficState.Missing, newest, expected, newest is null ? "customers' traffic is not measured" : "too little is known of what is usual here")
            : new(TrafficState.Usual, newest, expected, Words("is usual", newest, expected, low));
    }

    /// <summary>Whether this minute alone lies below what is usual: it is then no measure for others.</summary>
    public static bool IsLow(TrafficHistory history, long minute, double requests) => Season.Of(history, minute, Minutes) is { } usual && requests < usual.Low;

    private static string Words(string what, double? seen, Expected? expected, int low) =>
        string.Create(CultureInfo.InvariantCulture, $"traffic {what}: {(seen is { } number ? $"{number:F0}" : "nothing measured")} in the last minute, usually {expected?.Median:F0} and not below {expected?.Low:F0} ({(expected?.Basis == SeasonBasis.Weeks ? "the same minutes of earlier weeks" : "the hours before")}); {low} of {Minutes} minutes were below");
}
