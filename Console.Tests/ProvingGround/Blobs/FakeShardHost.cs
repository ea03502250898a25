using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Engine.ProvingGround.Checksums;
using OpsConsole.Engine.ProvingGround.Storage;

namespace OpsConsole.Tests.ProvingGround.Blobs;

/// <summary>A storage host in memory that can be down, hang, be full, or keep something else than it was given.</summary>
internal sealed class FakeShardHost(string host) : IShardHost
{
    private int _gets;

    public string Host => host;

    public bool Down { get; set; }

    /// <summary>Never answers; the caller has to give up.</summary>
    public bool Hangs { get; set; }

    public bool Full { get; set; }

    public int Gets => _gets;

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
        await AnswerAsync(cancel);
        if (Full)
        {
            return ShardPut.Full;
        }

        Kept[shard.Name] = shard with { Bytes = shard.Bytes.ToArray() };
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

    private ShardState State(ShardName name) =>
        !Kept.TryGetValue(name, out var shard) ? ShardState.Missing : Crc32.Castagnoli(shard.Bytes.Span) == shard.Crc ? ShardState.Good : ShardState.Corrupt;

    private async Task AnswerAsync(CancellationToken cancel)
    {
        await Task.Yield();
        if (Down)
        {
            throw new HttpRequestException($"{host} is down");
        }

        if (Hangs)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        }
    }
}
