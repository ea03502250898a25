using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Index;

namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>Keeps bytes in the storage fleet, coded and checked; knows nothing of buckets and keys. Extents that no object names are removed by the storage hosts in time.</summary>
public interface IBlobs
{
    /// <summary>
    /// Cuts the content into extents of at most 1 MiB. When it returns, each has at least six of its nine shards on disk (fsync), verified after coding, in at least two AZs.
    /// Throws <see cref="StoreUnavailableException"/> where that cannot be had.
    /// </summary>
    Task<ImmutableArray<Extent>> WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancel);

    /// <summary>
    /// Bytes from <paramref name="offset"/> of the extents' bytes taken together, each extent verified against its checksum before any of it is given.
    /// Throws <see cref="StoreUnavailableException"/> where fewer than five good shards can be had.
    /// </summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(ImmutableArray<Extent> extents, long offset, long length, CancellationToken cancel);

    Task<string?> TroubleAsync(CancellationToken cancel);
}
