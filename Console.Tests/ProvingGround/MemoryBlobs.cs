using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Engine.ProvingGround.Checksums;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Tests.ProvingGround;

/// <summary>A storage fleet in memory that can be switched off and told to be slow; it keeps extents whole.</summary>
/// <param name="extentBytes">How long an extent may be: small ones let a test see joins.</param>
internal sealed class MemoryBlobs(int extentBytes = 1 << 20) : IBlobs
{
    private readonly ConcurrentDictionary<Guid, byte[]> _kept = new();

    /// <summary>Why nothing can be had; null where it can.</summary>
    public string? Trouble { get; set; }

    /// <summary>Runs before each write and each extent read.</summary>
    public Func<CancellationToken, Task> Before { get; set; } = _ => Task.CompletedTask;

    public int Kept => _kept.Count;

    public void Lose(Extent extent) => _kept.TryRemove(extent.Blob, out _);

    public async Task<ImmutableArray<Extent>> WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        await AnswerAsync(cancel);
        var extents = ImmutableArray.CreateBuilder<Extent>();
        for (var at = 0; at < content.Length; at += extentBytes)
        {
            var piece = content.Slice(at, Math.Min(extentBytes, content.Length - at)).ToArray();
            var extent = new Extent(Guid.NewGuid(), piece.Length, 0, 1, Crc64Nvme.Compute(piece));
            _kept[extent.Blob] = piece;
            extents.Add(extent);
        }

        return extents.ToImmutable();
    }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(ImmutableArray<Extent> extents, long offset, long length, [EnumeratorCancellation] CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, extents.Sum(extent => (long)extent.Length) - offset);
        long begins = 0;
        foreach (var extent in extents)
        {
            var from = Math.Max(offset, begins);
            var to = Math.Min(offset + length, begins + extent.Length);
            if (from < to)
            {
                await AnswerAsync(cancel);
                if (!_kept.TryGetValue(extent.Blob, out var piece) || Crc64Nvme.Compute(piece) != extent.Crc)
                {
                    throw new StoreUnavailableException($"fewer than five good shards of {extent.Blob}");
                }

                yield return piece.AsMemory((int)(from - begins), (int)(to - from));
            }

            begins += extent.Length;
        }
    }

    public Task<string?> TroubleAsync(CancellationToken cancel) => Task.FromResult(Trouble);

    private async Task AnswerAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        await Before(cancel);
        if (Trouble is { } trouble)
        {
            throw new StoreUnavailableException(trouble);
        }
    }
}
