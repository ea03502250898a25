namespace OpsConsole.Domain.Canaries;

public enum RetryKind
{
    None,
    Fixed,
    Linear,
    Exponential,
}

/// <summary>Whether and when a failed attempt is made again within its run. A run that passed only so is degraded, and its attempts are counted.</summary>
/// <param name="Retries">0 to 5.</param>
/// <param name="Wait">Before the first retry; what the later ones grow from.</param>
/// <param name="Cap">The longest wait.</param>
public sealed record RetryPolicy(RetryKind Kind, int Retries, TimeSpan Wait, TimeSpan Cap)
{
    public const int MostRetries = 5;

    public static readonly RetryPolicy None = new(RetryKind.None, 0, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>The wait before a retry, counted from 1; null where there is none.</summary>
    public TimeSpan? Before(int retry)
    {
        if (Kind == RetryKind.None || retry < 1 || retry > Retries)
        {
            return null;
        }

        var factor = Kind switch { RetryKind.Fixed => 1L, RetryKind.Linear => retry, _ => 1L << (retry - 1) };
        return TimeSpan.FromTicks(Math.Min(Wait.Ticks * factor, Math.Max(Cap.Ticks, 0)));
    }
}
