using System.Collections.Concurrent;

namespace OpsConsole.Engine.ProvingGround.Blobs;

/// <summary>Which storage hosts have stopped answering: three failures in a row, and a host is left out until a second has passed. And how long answers take now.</summary>
internal sealed class HostPulses(TimeProvider clock)
{
    private const int InARow = 3;

    /// <summary>One answer moves the median by this part of it.</summary>
    private const int Steps = 16;

    /// <summary>An answer is slow at so many times the median.</summary>
    private const int SlowAt = 4;

    private static readonly long LeastTicks = TimeSpan.FromMilliseconds(1).Ticks;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SlowAtMost = TimeSpan.FromMilliseconds(400);

    private readonly ConcurrentDictionary<string, Pulse> _pulses = new();
    private long _medianTicks = LeastTicks;

    public bool IsAway(string host) => _pulses.TryGetValue(host, out var pulse) && pulse.Failures >= InARow && clock.GetElapsedTime(pulse.At) < Rest;

    public void Answered(string host) => _pulses.TryRemove(host, out _);

    /// <param name="took">Of a read.</param>
    public void Answered(string host, TimeSpan took)
    {
        Answered(host);

        // The median and not the mean: one slow host among many is what reads must notice. Two answers at once may count as one.
        var median = Volatile.Read(ref _medianTicks);
        Volatile.Write(ref _medianTicks, Math.Max(LeastTicks, median + (took.Ticks > median ? median / Steps : -(median / Steps))));
    }

    /// <summary>From when on a read is slow. Where all are, asking one host more each time would make all slower still.</summary>
    public TimeSpan Slow(TimeSpan least)
    {
        var slow = TimeSpan.FromTicks(Math.Min(Volatile.Read(ref _medianTicks) * SlowAt, SlowAtMost.Ticks));
        return slow > least ? slow : least;
    }

    public void Failed(string host) =>
        _pulses.AddOrUpdate(host, _ => new Pulse(1, clock.GetTimestamp()), (_, pulse) => new Pulse(Math.Min(InARow, pulse.Failures + 1), clock.GetTimestamp()));

    private sealed record Pulse(int Failures, long At);
}
