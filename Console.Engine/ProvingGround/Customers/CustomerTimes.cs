using OpsConsole.Engine.ProvingGround.Measures;

namespace OpsConsole.Engine.ProvingGround.Customers;

/// <summary>How long customers waited in the last minute, each time from when a request was due and, beside it, from when it was sent.</summary>
internal sealed class CustomerTimes(TimeProvider clock)
{
    private const int Slots = 6;

    private static readonly TimeSpan Slot = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Tally[] _tallies = [.. Enumerable.Range(0, Slots).Select(_ => new Tally())];
    private readonly long _began = clock.GetTimestamp();

    /// <param name="due">When the request was to be sent, as <see cref="TimeProvider.GetTimestamp"/> tells time.</param>
    /// <param name="sent">When it was.</param>
    /// <param name="bytes">Of bodies put and got.</param>
    public void Count(long due, long sent, long bytes)
    {
        var now = clock.GetTimestamp();
        lock (_lock)
        {
            var tally = Current(now);
            tally.Answered++;
            tally.Bytes += bytes;
            tally.FromDue[LatencyBuckets.Of(clock.GetElapsedTime(due, now))]++;
            tally.FromSent[LatencyBuckets.Of(clock.GetElapsedTime(sent, now))]++;
        }
    }

    public CustomersLately Lately()
    {
        var now = clock.GetTimestamp();
        lock (_lock)
        {
            Current(now);
            var seconds = Math.Min(Slots * Slot.TotalSeconds, Math.Max(1, clock.GetElapsedTime(_began, now).TotalSeconds));
            var due = Sum(tally => tally.FromDue);
            return new CustomersLately(
                _tallies.Sum(tally => tally.Answered) / seconds,
                _tallies.Sum(tally => tally.Bytes) / seconds,
                LatencyBuckets.PercentileMs(due, 0.5),
                LatencyBuckets.PercentileMs(due, 0.99),
                LatencyBuckets.PercentileMs(Sum(tally => tally.FromSent), 0.99));
        }
    }

    private long[] Sum(Func<Tally, long[]> counts)
    {
        var sum = new long[LatencyBuckets.Count];
        foreach (var tally in _tallies)
        {
            for (var bucket = 0; bucket < sum.Length; bucket++)
            {
                sum[bucket] += counts(tally)[bucket];
            }
        }

        return sum;
    }

    /// <summary>The tally of this moment; those older than a minute are emptied.</summary>
    private Tally Current(long now)
    {
        var number = clock.GetElapsedTime(_began, now).Ticks / Slot.Ticks;
        foreach (var old in _tallies.Where(tally => tally.Number <= number - Slots && tally.Answered > 0))
        {
            old.Empty(old.Number);
        }

        var tally = _tallies[number % Slots];
        if (tally.Number != number)
        {
            tally.Empty(number);
        }

        return tally;
    }

    private sealed class Tally
    {
        public long Number { get; private set; }

        public long Answered { get; set; }

        public long Bytes { get; set; }

        public long[] FromDue { get; } = new long[LatencyBuckets.Count];

        public long[] FromSent { get; } = new long[LatencyBuckets.Count];

        public void Empty(long number)
        {
            (Number, Answered, Bytes) = (number, 0, 0);
            Array.Clear(FromDue);
            Array.Clear(FromSent);
        }
    }
}
