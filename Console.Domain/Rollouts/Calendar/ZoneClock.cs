namespace OpsConsole.Domain.Rollouts.Calendar;

/// <summary>
/// What clocks on the wall read in a time zone, and when they read it. Where clocks go forward some readings never come: such a reading is taken
/// as the moment of the jump. Where they go back some come twice: callers say whether they mean the first or the last.
/// </summary>
public sealed class ZoneClock(TimeZoneInfo zone)
{
    /// <summary>No zone is further from UTC than this, and no two jumps of a zone are this close together.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromHours(16);

    public const int LongestName = 64;

    public static ZoneClock Utc { get; } = new(TimeZoneInfo.Utc);

    /// <summary>By its name in the tz database, such as <c>Europe/Dublin</c>; null where this machine's database has no such zone.</summary>
    public static ZoneClock? Find(string name)
    {
        var named = name.Length is > 0 and <= LongestName && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+');
        return named && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? new(zone) : null;
    }

    public DateTime Reads(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).DateTime;

    /// <summary>The first moment at which the clock reads this.</summary>
    public DateTimeOffset First(DateTime reading) => Find(reading, last: false);

    /// <summary>The last moment at which the clock reads this.</summary>
    public DateTimeOffset Last(DateTime reading) => Find(reading, last: true);

    private DateTimeOffset Find(DateTime reading, bool last)
    {
        var asUtc = new DateTimeOffset(DateTime.SpecifyKind(reading, DateTimeKind.Unspecified), TimeSpan.Zero);
        var before = asUtc - zone.GetUtcOffset(asUtc - Around);
        var after = asUtc - zone.GetUtcOffset(asUtc + Around);
        var (early, late) = before <= after ? (before, after) : (after, before);
        var (one, other) = last ? (late, early) : (early, late);
        return Reads(one) == reading ? one : Reads(other) == reading ? other : Jump(reading, early, late);
    }

    /// <summary>The first moment at which the clock reads this or more, to the second.</summary>
    private DateTimeOffset Jump(DateTime reading, DateTimeOffset early, DateTimeOffset late)
    {
        var (low, high) = (early.ToUnixTimeSeconds(), late.ToUnixTimeSeconds() + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (Reads(DateTimeOffset.FromUnixTimeSeconds(middle)) >= reading)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return DateTimeOffset.FromUnixTimeSeconds(low);
    }
}
