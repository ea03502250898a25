namespace OpsConsole.Engine.ProvingGround.Storage;

/// <summary>What is done to a storage host in drills and tests: its disk made slow, small, or wrong. Forgotten at a restart, but for the damage done.</summary>
internal sealed class ShardPatient(ShardStore store, TimeProvider clock)
{
    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(30);

    private long _delayTicks;

    /// <summary>Added to each disk operation; 0 to 30 s.</summary>
    public TimeSpan Delay
    {
        get => new(Interlocked.Read(ref _delayTicks));
        set => Interlocked.Exchange(ref _delayTicks, Math.Clamp(value.Ticks, 0, Slowest.Ticks));
    }

    public Task BeforeDiskAsync(CancellationToken cancel) => Delay > TimeSpan.Zero ? Task.Delay(Delay, clock, cancel) : Task.CompletedTask;

    /// <summary>Pretends the disk ends where it is filled to now, or takes that back.</summary>
    public void Fill(bool on) => store.PretendMaxBytes = on ? store.UsedBytes : null;

    /// <summary>Flips a bit in each of so many shards, from the first after the name given. Returns those it did it to.</summary>
    public IReadOnlyList<ShardName> Corrupt(ShardName? after, int count, int at)
    {
        var names = store.After(after, Math.Clamp(count, 1, 1_000)).Select(one => one.Name).Where(name => store.Damage(name, at)).ToList();
        return names;
    }
}
