namespace OpsConsole.Engine.Alarms.Watch;

/// <summary>The alarms whose periods are of one length: all are due when a period has ended.</summary>
internal sealed class AlarmRound(TimeSpan period, WatchedAlarm[] alarms)
{
    private int _next;
    private bool _begun;

    public TimeSpan Period => period;

    /// <summary>End of the period that is being evaluated.</summary>
    public DateTimeOffset End { get; private set; }

    /// <summary>The same round over other alarms: it goes on where it was, so that many changes cannot keep it from its end.</summary>
    public AlarmRound With(WatchedAlarm[] others) => new(period, others) { End = End, _next = _next >= alarms.Length ? others.Length : Math.Min(_next, others.Length), _begun = _begun };

    /// <summary>The newest period that has ended, when everything up to a time is in.</summary>
    public static DateTimeOffset EndAt(DateTimeOffset settled, TimeSpan period) => new(settled.Ticks / period.Ticks * period.Ticks, TimeSpan.Zero);

    /// <summary>The next alarms that are due, at most so many; none until another period has ended.</summary>
    /// <param name="settled">Up to when everything that was observed is in.</param>
    public ReadOnlySpan<WatchedAlarm> Take(DateTimeOffset settled, int most)
    {
        var end = EndAt(settled, period);
        if (!_begun || (_next >= alarms.Length && end > End))
        {
            (_begun, _next, End) = (true, 0, end);
        }

        var taken = alarms.AsSpan(_next, Math.Min(most, alarms.Length - _next));
        _next += taken.Length;
        return taken;
    }
}
