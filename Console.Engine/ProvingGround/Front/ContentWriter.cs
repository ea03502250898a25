using System.Collections.Immutable;
using System.Security.Cryptography;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Engine.ProvingGround.Checksums;
using OpsConsole.Engine.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>Puts one run of bytes, which comes piece by piece, into the storage fleet; sealed where there is a key.</summary>
/// <param name="key">Null for bytes that are kept as they are.</param>
internal sealed class ContentWriter(IBlobs blobs, byte[]? key, string algorithm) : IDisposable
{
    /// <summary>What is collected before it is written: whole extents of 1 MiB.</summary>
    public const int PieceBytes = 8 * 1024 * 1024;

    private readonly IncrementalHash _md5 = ETag.Running();
    private readonly RunningChecksum _checksum = new(algorithm);
    private readonly ImmutableArray<Extent>.Builder _extents = ImmutableArray.CreateBuilder<Extent>();
    private readonly byte[] _frame = new byte[key is null ? 0 : FrameCipher.FrameBytes];
    private FrameCipher? _cipher;
    private byte[] _piece = [];
    private int _filled;
    private int _inFrame;
    private long _frames;

    public long Size { get; private set; }

    public async Task AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        _md5.AppendData(bytes.Span);
        _checksum.Append(bytes.Span);
        Size += bytes.Length;
        while (bytes.Length > 0)
        {
            var taken = key is null ? bytes.Length : Math.Min(bytes.Length, FrameCipher.FrameBytes - _inFrame);
            if (key is null)
            {
                await KeepAsync(bytes[..taken], cancel).ConfigureAwait(false);
            }
            else
            {
                bytes.Span[..taken].CopyTo(_frame.AsSpan(_inFrame));
                _inFrame += taken;
                if (_inFrame == FrameCipher.FrameBytes)
                {
                    await SealAsync(cancel).ConfigureAwait(false);
                }
            }

            bytes = bytes[taken..];
        }
    }

    /// <summary>The extents, the MD5 in hex, the checksum.</summary>
    public async Task<(ImmutableArray<Extent> Extents, string Md5, ObjectChecksum Checksum)> FinishAsync(CancellationToken cancel)
    {
        if (_inFrame > 0)
        {
            await SealAsync(cancel).ConfigureAwait(false);
        }

        await FlushAsync(cancel).ConfigureAwait(false);
        return (_extents.ToImmutable(), ETag.Text(_md5.GetCurrentHash()), new ObjectChecksum(algorithm, _checksum.Value()));
    }

    public void Dispose()
    {
        _md5.Dispose();
        _checksum.Dispose();
        _cipher?.Dispose();
    }

    private async Task SealAsync(CancellationToken cancel)
    {
        if (_cipher is null)
        {
            var salt = RandomNumberGenerator.GetBytes(FrameCipher.SaltBytes);
            _cipher = new FrameCipher(key!, salt);
            await KeepAsync(salt, cancel).ConfigureAwait(false);
        }

        var closed = new byte[_inFrame + (FrameCipher.SealedFrameBytes - FrameCipher.FrameBytes)];
        _cipher.Seal(_frames++, _frame.AsSpan(0, _inFrame), closed);
        _inFrame = 0;
        await KeepAsync(closed, cancel).ConfigureAwait(false);
    }

    private async Task KeepAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        while (bytes.Length > 0)
        {
            if (_piece.Length == 0)
            {
                _piece = GC.AllocateUninitializedArray<byte>(PieceBytes);
            }

            var taken = Math.Min(bytes.Length, _piece.Length - _filled);
            bytes[..taken].CopyTo(_piece.AsMemory(_filled));
            _filled += taken;
            bytes = bytes[taken..];
            if (_filled == _piece.Length)
            {
                await FlushAsync(cancel).ConfigureAwait(false);
            }
        }
    }

    private async Task FlushAsync(CancellationToken cancel)
    {
        if (_filled > 0)
        {
            _extents.AddRange(await blobs.WriteAsync(_piece.AsMemory(0, _filled), cancel).ConfigureAwait(false));
            _filled = 0;
        }
    }
}
