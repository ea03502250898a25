namespace OpsConsole.Engine.ProvingGround.Customers;

/// <summary>
/// Sends when a request is due, whether or not earlier ones were answered. A request that is late, because the sender itself or the machine stood still, keeps
/// the time it was due: who measures from there does not forget the waiting that a slow server caused.
/// </summary>
internal sealed class OpenLoop(TimeProvider clock)
{
    /// <param name="pause">Time from one arrival to the next; null where none come for now.</param>
    /// <param name="begin">Begins one and returns at once; given when it was due, as <see cref="TimeProvider.GetTimestamp"/> tells time.</param>
    public async Task RunAsync(Func<TimeSpan?> pause, Action<long> begin, CancellationToken stop)
    {
        var due = clock.GetTimestamp();
        while (true)
        {
            var next = pause();
            due += Ticks(next ?? TimeSpan.FromSeconds(1));
            if (clock.GetElapsedTime(clock.GetTimestamp(), due) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, clock, stop).ConfigureAwait(false);
            }

            stop.ThrowIfCancellationRequested();
            if (next is not null)
            {
                begin(due);
            }
        }
    }

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * clock.TimestampFrequency);
}
