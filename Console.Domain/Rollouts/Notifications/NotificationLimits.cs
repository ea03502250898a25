namespace OpsConsole.Domain.Rollouts.Notifications;

/// <summary>How much of everything there may be.</summary>
public static class NotificationLimits
{
    public const int MostSubscriptions = 50;
    public const int MostScopes = 50;
    public const int MostRecipients = 20;
    public const int LongestAddress = 2_000;
    public const int TestsKept = 20;

    /// <summary>Of one rollout, or the cord: notices of which every delivery has ended.</summary>
    public const int NoticesKept = 50;

    /// <summary>Of one rollout, or the cord, with those that have not: the oldest are forgotten.</summary>
    public const int MostNotices = 500;

    public static readonly TimeSpan ShortestReminder = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan LongestReminder = TimeSpan.FromHours(24);
}
