using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace OpsConsole.Domain.Reservations;

/// <summary>Grants of the last hour, by minute.</summary>
/// <param name="Minute">The newest minute counted, since 1970.</param>
/// <param name="Counts">By minute modulo 60, those of <paramref name="Minute"/> as they were when it began; empty where nothing was ever granted.</param>
public sealed record GrantPace(long Minute, ImmutableArray<int> Counts)
{
    private const int Minutes = 60;

    /// <summary>Grants of <see cref="Minute"/> beside those in <see cref="Counts"/>: so that not each grant makes all sixty anew.</summary>
    public int Now { get; init; }

    public static GrantPace None { get; } = new(0, []);

    /// <summary>Grants within the hour before <paramref name="now"/>, to the minute: never fewer than there were.</summary>
    public int Within(DateTimeOffset now)
    {
        var minute = MinuteOf(now);
        if (Counts.IsDefaultOrEmpty || minute - Minute >= Minutes)
        {
            return 0;
        }

        var sum = Now;
        for (var m = Math.Max(minute - Minutes + 1, Minute - Minutes + 1); m <= Minute; m++)
        {
            sum += Counts[Slot(m)];
        }

        return sum;
    }

    /// <summary>When a minute with grants leaves the hour, so that one more may come.</summary>
    public DateTimeOffset NextRoom(DateTimeOffset now)
    {
        for (var m = MinuteOf(now) - Minutes + 1; m <= Minute; m++)
        {
            if (m > Minute - Minutes && Counts[Slot(m)] + (m == Minute ? Now : 0) > 0)
            {
                return DateTimeOffset.UnixEpoch.AddMinutes(m + Minutes);
            }
        }

        return now;
    }

    internal GrantPace Add(int grants, DateTimeOffset at)
    {
        var minute = Math.Max(Minute, MinuteOf(at));
        if (minute == Minute && !Counts.IsDefaultOrEmpty)
        {
            return this with { Now = Now + grants };
        }

        int[] counts = Counts.IsDefaultOrEmpty ? new int[Minutes] : [.. Counts];
        counts[Slot(Minute)] += Now;
        for (var m = Math.Max(Minute + 1, minute - Minutes + 1); m <= minute; m++)
        {
            counts[Slot(m)] = 0;
        }

        return new(minute, ImmutableCollectionsMarshal.AsImmutableArray(counts)) { Now = grants };
    }

    private static long MinuteOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 60;

    private static int Slot(long minute) => (int)(((minute % Minutes) + Minutes) % Minutes);
}
