namespace OpsConsole.Domain.Rollouts.Notifications;

/// <summary>When a message that failed is tried again: after 5 s, and each time three times as long, up to 6 hours; 12 attempts within a day.</summary>
public static class Retry
{
    public const int MostAttempts = 12;

    /// <summary>How much of a pause is left to chance, half of it either way.</summary>
    private const double Spread = 0.4;

    /// <summary>A message is given up this long after it was made, however many attempts there were.</summary>
    public static readonly TimeSpan GivenUpAfter = TimeSpan.FromHours(24);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <param name="failed">How many attempts failed so far, 1 and up.</param>
    /// <param name="chance">From 0 up to 1.</param>
    public static TimeSpan Pause(int failed, double chance)
    {
        var pause = First.TotalSeconds * Math.Pow(3, Math.Min(failed, MostAttempts) - 1);
        return TimeSpan.FromSeconds(Math.Min(pause, Longest.TotalSeconds) * (1 - Spread / 2 + Spread * Math.Clamp(chance, 0, 1)));
    }
}
