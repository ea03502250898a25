using OpsConsole.Engine.ProvingGround.Checksums;
using OpsConsole.Engine.ProvingGround.Storage;

namespace OpsConsole.Engine.ProvingGround.Probing;

/// <summary>
/// A small shard of no object, for a storage host to keep and give back. Readers need five of nine shards and never miss the one that a host acknowledged and lost; who asks the host for it does. Its name
/// tells it from shards of objects, so it can be taken away and counts nowhere as data; what is not taken away, the host's own collector removes, as all that no object names.
/// </summary>
internal sealed class ProbeShard
{
    private const int Bytes = 100;
    private const int Group = 0;

    private readonly Shard _shard;

    public ProbeShard(Random random)
    {
        var bytes = new byte[Bytes];
        random.NextBytes(bytes);
        _shard = new Shard(ShardName.OfProbe(random.Next(9)), Group, Crc32.Castagnoli(bytes), bytes);
    }

    public ShardName Name => _shard.Name;

    public Task<ShardPut> PutAsync(IShardHost host, CancellationToken cancel) => host.PutAsync(_shard, cancel);

    /// <summary>What is wrong with what a host that acknowledged it gives back, in words; null where it is whole.</summary>
    public async Task<string?> WrongAsync(IShardHost host, CancellationToken cancel)
    {
        var back = await host.GetAsync(Name, cancel).ConfigureAwait(false);
        return back.Shard is not { } read ? $"{host.Host} acknowledged shard {Name}, and asked for it says {back.State}"
            : read.Bytes.Span.SequenceEqual(_shard.Bytes.Span) ? null
            : $"{host.Host} acknowledged shard {Name}, and asked for it gives {read.Bytes.Length} bytes that differ from byte {read.Bytes.Span.CommonPrefixLength(_shard.Bytes.Span)} on";
    }

    /// <summary>False where the host did not say that they are gone.</summary>
    public static async Task<bool> TakeAwayAsync(IShardHost host, IEnumerable<ProbeShard> shards, CancellationToken cancel)
    {
        try
        {
            return await host.RemoveProbesAsync([.. shards.Select(shard => shard.Name)], cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
