namespace OpsConsole.Domain.ProvingGround.Index;

/// <summary>A run of an object's bytes as the storage fleet keeps it: coded into nine shards, any five of which give it back.</summary>
/// <param name="Blob">Names the shards; given by the web host that wrote them, never used twice.</param>
/// <param name="Length">Bytes before coding, 1 to 1 MiB.</param>
/// <param name="Group">The placement group whose hosts hold the shards.</param>
/// <param name="Epoch">The epoch the group had in the placement map when the shards were written.</param>
/// <param name="Crc">CRC-64/NVME of the bytes before coding.</param>
public sealed record Extent(Guid Blob, int Length, int Group, long Epoch, ulong Crc)
{
    /// <summary>The placement map's generation that its writer knew before it wrote the first shard.</summary>
    public long Born { get; init; }
}
