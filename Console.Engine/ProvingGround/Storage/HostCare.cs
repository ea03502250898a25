using OpsConsole.Engine.ProvingGround.Repair;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Storage;

/// <summary>What a storage host does by itself, once a second: scrub, compaction, repair of the groups it keeps, and now and then the removal of what nothing names.</summary>
/// <param name="collector">Null on a host that has no index to ask; so for <paramref name="repair"/>.</param>
internal sealed class HostCare(ShardStore store, TimeProvider clock, Collector? collector, RepairWorker? repair) : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CollectEvery = TimeSpan.FromMinutes(5);

    /// <summary>While all hosts answer and nothing waits for repair, one round in so many looks again: nine hosts that ask each other every second are most of what an idle ground does.</summary>
    private const int QuietRounds = 3;

    private readonly CancellationTokenSource _ending = new();
    private readonly Scrubber _scrubber = new(store, clock, (name, group) => repair?.Report(name, group));
    private Task _work = Task.CompletedTask;
    private long _collected = clock.GetTimestamp();
    private int _round;

    public void Begin() => _work = Task.WhenAll(LoopAsync(MindAsync), LoopAsync(RepairAsync));

    public void Report(ShardName name, int group) => repair?.Report(name, group);

    public ShardStats Stats(string host) =>
        new(host, store.OfObjects.Shards, store.OfObjects.Bytes, store.UsedBytes, store.PretendMaxBytes ?? store.Options.MaxBytes, store.Flushes, store.CorruptFound, collector?.Removed ?? 0, _scrubber.Done, _scrubber.Age.TotalSeconds, store.Options.ScrubPass.TotalSeconds);

    public RepairStats RepairStats() => repair?.Stats ?? new RepairStats("", 0, [.. new int[Repair.RepairStats.Places]], 0, 0, 0, 0, 0);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task LoopAsync(Func<CancellationToken, Task> round)
    {
        while (!_ending.IsCancellationRequested)
        {
            await Task.Delay(Every, clock, _ending.Token).ConfigureAwait(false);
            try
            {
                await round(_ending.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is StoreUnavailableException or HttpRequestException or IOException or TimeoutException)
            {
                // The index or the disk does not answer now: the next round asks again, and health says what is wrong.
            }
        }
    }

    private async Task MindAsync(CancellationToken cancel)
    {
        _scrubber.Step();
        await store.CompactAsync(cancel).ConfigureAwait(false);
        if (collector is not null && clock.GetElapsedTime(_collected) >= CollectEvery)
        {
            _collected = clock.GetTimestamp();
            await collector.PassAsync(cancel).ConfigureAwait(false);
        }
    }

    private Task RepairAsync(CancellationToken cancel) => repair is null || (repair.Idle && ++_round % QuietRounds != 0) ? Task.CompletedTask : repair.TickAsync(cancel);
}
