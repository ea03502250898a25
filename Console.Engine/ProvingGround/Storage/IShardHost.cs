using System.Collections.Immutable;

namespace OpsConsole.Engine.ProvingGround.Storage;

public enum ShardState
{
    Good,
    Missing,

    /// <summary>On disk, and not what was put there.</summary>
    Corrupt,
}

public enum ShardPut
{
    /// <summary>On disk.</summary>
    Kept,

    /// <summary>The disk allotted is full.</summary>
    Full,

    /// <summary>The bytes do not have the checksum sent with them.</summary>
    Corrupt,
}

/// <param name="Group">The placement group it belongs to.</param>
/// <param name="Crc">CRC-32C of the bytes, made by who coded them.</param>
public sealed record Shard(ShardName Name, int Group, uint Crc, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The longest: a fifth of 1 MiB, rounded up.</summary>
    public const int MaxBytes = ((1 << 20) + 4) / 5;
}

/// <param name="Shard">Null unless the state is good; its bytes have its checksum.</param>
public sealed record ShardRead(ShardState State, Shard? Shard = null);

/// <summary>
/// One storage host, as web hosts and repair see it. A host that cannot be reached throws <see cref="HttpRequestException"/>, <see cref="IOException"/> or
/// <see cref="OperationCanceledException"/>.
/// </summary>
public interface IShardHost
{
    string Host { get; }

    /// <summary>On disk (fsync) when it returns <see cref="ShardPut.Kept"/>. A shard that is there already and good is kept as it is.</summary>
    Task<ShardPut> PutAsync(Shard shard, CancellationToken cancel);

    Task<ShardRead> GetAsync(ShardName name, CancellationToken cancel);

    /// <param name="names">At most 1,000.</param>
    /// <param name="verify">Whether to read each from disk and check it, instead of looking in the host's index.</param>
    Task<ImmutableArray<ShardState>> StatesAsync(ImmutableArray<ShardName> names, bool verify, CancellationToken cancel);

    /// <summary>Takes away shards that probes put; a host takes no other away when it is asked to. False where it did not.</summary>
    /// <param name="names">At most 1,000, each a probe's (<see cref="ShardName.IsProbe"/>): else none of them goes.</param>
    Task<bool> RemoveProbesAsync(ImmutableArray<ShardName> names, CancellationToken cancel);
}
