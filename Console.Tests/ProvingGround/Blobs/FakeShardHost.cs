using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Engine.ProvingGround.Checksums;
using OpsConsole.Engine.ProvingGround.Storage;

namespace OpsConsole.Tests.ProvingGround.Blobs;

/// <summary>A storage host in memory that can be down, hang, be full, or keep something else than it was given.</summary>
internal sealed class FakeShardHost(string host) : IShardHost
{
    private readonly Lock _gate = new();
    private int _gets;
    private int _puts;
    private int _asked;
    private int _waiting;

    public string Host => host;

    public bool Down { get; set; }

    /// <summary>Never answers; the caller has to give up.</summary>
    public bool Hangs { get; set; }

    public bool Full { get; set; }

    /// <summary>What it keeps of a shard that it acknowledges; null for nothing.</summary>
    public Func<Shard, Shard?> Keeps { get; set; } = shard => shard;

    /// <summary>Callers that wait for an answer that will not come.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public int Gets => _gets;

    public int Puts => _puts;

    /// <summary>The most that were asked at once.</summary>
    public int Together { get; private set; }

    public ConcurrentDictionary<ShardName, Shard> Kept { get; } = new();

    /// <summary>One bit is not as it was put, and the host does not know.</summary>
    public void Damage(ShardName name)
    {
        var bytes = Kept[name].Bytes.ToArray();
        bytes[0] ^= 1;
        Kept[name] = Kept[name] with { Bytes = bytes };
    }

    public async Task<ShardPut> PutAsync(Shard shard, CancellationToken cancel)
    {
        Interlocked.Increment(ref _puts);
        await AnswerAsync(cancel);
        if (Full)
        {
            return ShardPut.Full;
        }

        if (Keeps(shard) is { } kept)
        {
            Kept[shard.Name] = kept with { Bytes = kept.Bytes.ToArray() };
        }

        return ShardPut.Kept;
    }

    public async Task<ShardRead> GetAsync(ShardName name, CancellationToken cancel)
    {
        Interlocked.Increment(ref _gets);
        await AnswerAsync(cancel);
        return State(name) is var state && state == ShardState.Good ? new ShardRead(state, Kept[name]) : new ShardRead(state);
    }

    public async Task<ImmutableArray<ShardState>> StatesAsync(ImmutableArray<ShardName> names, bool verify, CancellationToken cancel)
    {
        await AnswerAsync(cancel);
        return [.. names.Select(name => State(name) is var state && state == ShardState.Corrupt && !verify ? ShardState.Good : state)];
    }

    public Task<bool> RemoveProbesAsync(ImmutableArray<ShardName> names, CancellationToken cancel)
    {
        Assert.All(names, name => Assert.True(name.IsProbe));
        return Task.FromResult(!Down && names.All(name => Kept.TryRemove(name, out _) || true));
    }

    private ShardState State(ShardName name) =>
        !Kept.TryGetValue(name, out var shard) ? ShardState.Missing : Crc32.Castagnoli(shard.Bytes.Span) == shard.Crc ? ShardState.Good : ShardState.Corrupt;

    private async Task AnswerAsync(CancellationToken cancel)
    {
        lock (_gate)
        {
            Together = Math.Max(Together, ++_asked);
        }

        try
        {
            await OneAsync(cancel);
        }
        finally
        {
            lock (_gate)
            {
                _asked--;
            }
        }
    }

    private async Task OneAsync(CancellationToken cancel)
    {
        await Task.Yield();
        if (Down)
        {
            throw new HttpRequestException($"{host} is down");
        }

        if (Hangs)
        {
            Interlocked.Increment(ref _waiting);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        }
    }
}
