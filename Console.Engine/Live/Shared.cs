namespace OpsConsole.Engine.Live;

/// <summary>
/// A reading that all circuits share: computed once per change, and at most every <see cref="AtMostEvery"/>, however many look.
/// A reader who finds <see cref="Reading{T}.Sequence"/> behind the feed's asks again later.
/// </summary>
public sealed class Shared<T>(LiveFeed feed, TimeProvider clock, Func<T> compute)
    where T : class
{
    public static readonly TimeSpan AtMostEvery = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private Reading<T>? _last;

    public Reading<T> Get()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (_last is { } last && (last.Sequence == feed.Sequence || now - last.At < AtMostEvery))
            {
                return last;
            }

            var sequence = feed.Sequence;
            return _last = new(compute(), sequence, now);
        }
    }
}

/// <param name="Sequence">The newest event that is surely in it.</param>
/// <param name="At">When it was computed.</param>
public sealed record Reading<T>(T Value, long Sequence, DateTimeOffset At)
    where T : class;
