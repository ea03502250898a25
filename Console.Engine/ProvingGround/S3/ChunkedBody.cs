using System.Globalization;
using System.Text;
using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.S3;

/// <summary>
/// Takes a body out of its <c>aws-chunked</c> framing: <c>size;chunk-signature=…</c>, the bytes, …, a chunk of none, and perhaps trailing headers.
/// With a key every chunk's signature is checked against the one before it, and the trailer's against the last chunk's.
/// </summary>
internal sealed class ChunkedBody(Stream body, Signed signed, bool chunksAreSigned, bool hasTrailer)
{
    private const int LongestLine = 1_024;
    private const int MostTrailers = 16;

    private readonly byte[] _one = new byte[8 * 1024];
    private int _at;
    private int _end;

    /// <summary>The trailing headers, names in lower case; known after <see cref="ReadAsync"/>.</summary>
    public Dictionary<string, string> Trailers { get; } = [];

    /// <summary>Fills <paramref name="content"/> exactly; more or fewer bytes are the sender's error.</summary>
    public async Task ReadAsync(Memory<byte> content, CancellationToken cancel)
    {
        var filled = 0;
        var previous = signed.Signature;
        while (true)
        {
            var (size, signature) = ParseHead(await LineAsync(cancel).ConfigureAwait(false));
            if (size > content.Length - filled)
            {
                throw new S3Exception(S3Error.IncompleteBody);
            }

            var chunk = content.Slice(filled, size);
            await FillAsync(chunk, cancel).ConfigureAwait(false);
            if (chunksAreSigned)
            {
                var expected = SignatureV4.SignChunk(signed.Key.Secret, signed.At, signed.Scope, previous, chunk.Span);
                previous = SignatureV4.Same(expected, signature) ? expected : throw new S3Exception(S3Error.SignatureDoesNotMatch);
            }

            filled += size;
            if (size == 0)
            {
                break;
            }

            if ((await LineAsync(cancel).ConfigureAwait(false)).Length > 0)
            {
                throw new S3Exception(S3Error.IncompleteBody);
            }
        }

        if (filled != content.Length)
        {
            throw new S3Exception(S3Error.IncompleteBody);
        }

        await ReadTrailersAsync(previous, cancel).ConfigureAwait(false);
    }

    private async Task ReadTrailersAsync(string previous, CancellationToken cancel)
    {
        if (!hasTrailer)
        {
            return;
        }

        var text = new StringBuilder();
        string line;
        while ((line = await LineAsync(cancel).ConfigureAwait(false)).Length > 0)
        {
            var at = line.IndexOf(':', StringComparison.Ordinal);
            if (at <= 0 || Trailers.Count >= MostTrailers)
            {
                throw new S3Exception(S3Error.InvalidRequest("The trailing headers cannot be read."));
            }

            var (name, value) = (line[..at].ToLowerInvariant(), line[(at + 1)..].Trim());
            Trailers[name] = value;
            if (name != "x-amz-trailer-signature")
            {
                text.Append(name).Append(':').Append(value).Append('\n');
            }
        }

        if (chunksAreSigned && !SignatureV4.Same(SignatureV4.SignTrailer(signed.Key.Secret, signed.At, signed.Scope, previous, text.ToString()), Trailers.GetValueOrDefault("x-amz-trailer-signature", "")))
        {
            throw new S3Exception(S3Error.SignatureDoesNotMatch);
        }
    }

    private static (int Size, string Signature) ParseHead(string line)
    {
        var parts = line.Split(';', 2);
        return int.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size) && size >= 0
            ? (size, parts.Length == 2 && parts[1].StartsWith("chunk-signature=", StringComparison.Ordinal) ? parts[1]["chunk-signature=".Length..] : "")
            : throw new S3Exception(S3Error.IncompleteBody);
    }

    /// <summary>Up to CR LF, without it. The end of the body is the end of a line, since some senders leave the last one out.</summary>
    private async Task<string> LineAsync(CancellationToken cancel)
    {
        var line = new StringBuilder();
        while (line.Length <= LongestLine)
        {
            if (_at == _end && !await MoreAsync(cancel).ConfigureAwait(false))
            {
                return line.ToString();
            }

            var one = (char)_one[_at++];
            if (one == '\n')
            {
                return line.Length > 0 && line[^1] == '\r' ? line.ToString(0, line.Length - 1) : line.ToString();
            }

            line.Append(one);
        }

        throw new S3Exception(S3Error.InvalidRequest("A chunk's head is longer than any can be."));
    }

    private async Task FillAsync(Memory<byte> into, CancellationToken cancel)
    {
        while (into.Length > 0)
        {
            if (_at == _end && !await MoreAsync(cancel).ConfigureAwait(false))
            {
                throw new S3Exception(S3Error.IncompleteBody);
            }

            var some = Math.Min(into.Length, _end - _at);
            _one.AsMemory(_at, some).CopyTo(into);
            _at += some;
            into = into[some..];
        }
    }

    private async Task<bool> MoreAsync(CancellationToken cancel)
    {
        _at = 0;
        _end = await body.ReadAsync(_one, cancel).ConfigureAwait(false);
        return _end > 0;
    }
}
