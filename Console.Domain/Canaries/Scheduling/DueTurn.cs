namespace OpsConsole.Domain.Canaries.Scheduling;

/// <summary>What a look at a post's schedule gives.</summary>
/// <param name="Number">The newest turn that is due and was not yet taken; null where there is none.</param>
/// <param name="Intended">When it should have begun.</param>
/// <param name="Missed">Turns before it that nobody took: counted, never caught up, since a burst of them would itself be a load.</param>
/// <param name="TooLate">The turn itself is so late that it says nothing of its moment any more: it is counted, not made.</param>
public sealed record DueTurn(long? Number, DateTimeOffset Intended, long Missed, bool TooLate)
{
    /// <summary>A turn may begin this late at most: a quarter of its period, 5 s at most.</summary>
    public static TimeSpan LatestOf(CanarySchedule schedule) => TimeSpan.FromTicks(Math.Min(schedule.Period.Ticks / 4, TimeSpan.TicksPerSecond * 5));

    /// <param name="last">The newest turn that was taken or passed over.</param>
    public static DueTurn Of(CanarySchedule schedule, string post, double phase, long last, DateTimeOffset now)
    {
        var newest = schedule.NewestTurn(post, phase, now);
        if (newest <= last)
        {
            return new(null, schedule.Turn(post, phase, last + 1), 0, false);
        }

        var intended = schedule.Turn(post, phase, newest);
        return new(newest, intended, newest - last - 1, now - intended > LatestOf(schedule));
    }
}
