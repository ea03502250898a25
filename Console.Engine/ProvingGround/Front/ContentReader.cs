using System.Runtime.CompilerServices;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>Gives bytes of an object as its customer knows them: out of the storage fleet, and out of their seal.</summary>
internal static class ContentReader
{
    /// <param name="key">Null for an object that is not sealed.</param>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(IBlobs blobs, ObjectEntry found, byte[]? key, long offset, long length, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (length == 0)
        {
            yield break;
        }

        if (key is null)
        {
            await foreach (var some in blobs.ReadAsync(found.Extents, offset, length, cancel).ConfigureAwait(false))
            {
                yield return some;
            }

            yield break;
        }

        var stored = 0L;
        foreach (var run in found.Parts.IsEmpty ? [found.Size] : found.Parts)
        {
            if (offset < run && length > 0)
            {
                var taken = Math.Min(length, run - offset);
                await foreach (var some in OpenAsync(blobs, found, key, (stored, run), offset, taken, cancel).ConfigureAwait(false))
                {
                    yield return some;
                }

                (offset, length) = (0, length - taken);
            }
            else
            {
                offset -= run;
            }

            stored += FrameCipher.SealedSize(run);
        }
    }

    /// <param name="run">Where the run begins among the stored bytes, and its size as the customer knows it.</param>
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> OpenAsync(IBlobs blobs, ObjectEntry found, byte[] key, (long At, long Size) run, long offset, long length, [EnumeratorCancellation] CancellationToken cancel)
    {
        var salt = new byte[FrameCipher.SaltBytes];
        await FillAsync(blobs.ReadAsync(found.Extents, run.At, salt.Length, cancel), salt).ConfigureAwait(false);
        using var cipher = new FrameCipher(key, salt);
        var first = offset / FrameCipher.FrameBytes;
        var from = first * FrameCipher.SealedFrameBytes;
        var last = Math.Min((((offset + length - 1) / FrameCipher.FrameBytes) + 1) * FrameCipher.SealedFrameBytes, FrameCipher.SealedSize(run.Size) - salt.Length);
        var closed = new byte[FrameCipher.SealedFrameBytes];
        var (filled, number, skip, left) = (0, first, (int)(offset - (first * FrameCipher.FrameBytes)), length);
        await foreach (var some in blobs.ReadAsync(found.Extents, run.At + salt.Length + from, last - from, cancel).ConfigureAwait(false))
        {
            var bytes = some;
            while (bytes.Length > 0)
            {
                var whole = (int)Math.Min(closed.Length, last - (number * FrameCipher.SealedFrameBytes));
                var taken = Math.Min(bytes.Length, whole - filled);
                bytes[..taken].CopyTo(closed.AsMemory(filled));
                (filled, bytes) = (filled + taken, bytes[taken..]);
                if (filled < whole)
                {
                    continue;
                }

                var open = new byte[whole - (FrameCipher.SealedFrameBytes - FrameCipher.FrameBytes)];
                cipher.Open(number++, closed.AsSpan(0, whole), open);
                var given = (int)Math.Min(left, open.Length - skip);
                yield return open.AsMemory(skip, given);
                (filled, skip, left) = (0, 0, left - given);
            }
        }
    }

    private static async Task FillAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> from, Memory<byte> into)
    {
        await foreach (var some in from.ConfigureAwait(false))
        {
            some.CopyTo(into);
            into = into[some.Length..];
        }
    }
}
