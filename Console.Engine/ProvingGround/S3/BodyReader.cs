using System.Globalization;
using System.Security.Cryptography;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Checksums;

namespace OpsConsole.Engine.ProvingGround.S3;

/// <summary>Reads a request's body whole, out of its framing, and checks it against everything its sender said of it.</summary>
internal sealed class BodyReader
{
    private long _held;

    /// <summary>The body, and its MD5 in hex. Bodies held at once are bounded; <see cref="Release"/> gives the room back.</summary>
    public async Task<(byte[] Content, string Md5)> ReadAsync(S3Request request, Signed signed)
    {
        var streamed = signed.Payload.StartsWith("STREAMING-", StringComparison.Ordinal);
        var length = LengthOf(request, streamed);
        if (Interlocked.Add(ref _held, length) > S3Limits.MaxBodiesAtOnce)
        {
            Release(length);
            throw new S3Exception(S3Error.SlowDown);
        }

        try
        {
            var content = GC.AllocateUninitializedArray<byte>((int)length);
            var trailers = await FillAsync(request, signed, streamed, content).ConfigureAwait(false);
            CheckSha256(signed.Payload, content);
            CheckNamed(request, trailers, content);
            return (content, CheckMd5(request, content));
        }
        catch
        {
            Release(length);
            throw;
        }
    }

    public void Release(long length) => Interlocked.Add(ref _held, -length);

    private static async Task<IReadOnlyDictionary<string, string>> FillAsync(S3Request request, Signed signed, bool streamed, byte[] content)
    {
        if (streamed)
        {
            var chunksAreSigned = signed.Payload switch
            {
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" or "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" => true,
                "STREAMING-UNSIGNED-PAYLOAD-TRAILER" => false,
                _ => throw new S3Exception(S3Error.NotImplemented(signed.Payload)),
            };
            var chunked = new ChunkedBody(request.Context.Request.Body, signed, chunksAreSigned, signed.Payload.EndsWith("-TRAILER", StringComparison.Ordinal));
            await chunked.ReadAsync(content, request.Gone).ConfigureAwait(false);
            return chunked.Trailers;
        }

        try
        {
            await request.Context.Request.Body.ReadExactlyAsync(content, request.Gone).ConfigureAwait(false);
        }
        catch (EndOfStreamException)
        {
            throw new S3Exception(S3Error.IncompleteBody);
        }

        return new Dictionary<string, string>();
    }

    private static long LengthOf(S3Request request, bool streamed)
    {
        var length = streamed
            ? long.TryParse(request.Header("x-amz-decoded-content-length"), NumberStyles.None, CultureInfo.InvariantCulture, out var decoded) ? decoded : null
            : request.Context.Request.ContentLength;
        return length switch
        {
            null => throw new S3Exception(S3Error.MissingContentLength),
            > S3Limits.MaxObject => throw new S3Exception(S3Error.EntityTooLarge),
            { } known => known,
        };
    }

    private static void CheckSha256(string payload, byte[] content)
    {
        var stated = payload == "UNSIGNED-PAYLOAD" || payload.StartsWith("STREAMING-", StringComparison.Ordinal) ? null : payload;
        if (stated is not null && stated != Convert.ToHexStringLower(SHA256.HashData(content)))
        {
            throw new S3Exception(S3Error.ContentSha256Mismatch);
        }
    }

    private static void CheckNamed(S3Request request, IReadOnlyDictionary<string, string> trailers, byte[] content)
    {
        var stated = request.Headers.Select(header => (header.Key, Value: header.Value.ToString())).Concat(trailers.Select(trailer => (trailer.Key, trailer.Value)))
            .Where(one => one.Key.StartsWith(NamedChecksum.Prefix, StringComparison.OrdinalIgnoreCase));
        if (stated.Any(one => NamedChecksum.Compute(one.Key, content) is { } computed && computed != one.Value))
        {
            throw new S3Exception(S3Error.BadDigest);
        }
    }

    /// <summary>MD5 is S3's, not ours: it makes the ETag.</summary>
    private static string CheckMd5(S3Request request, byte[] content)
    {
#pragma warning disable CA5351 // The protocol's own checksum of a transfer; nothing secret rests on it.
        var md5 = MD5.HashData(content);
#pragma warning restore CA5351
        if (request.Headers.ContentMD5.ToString() is { Length: > 0 } stated)
        {
            var bytes = new byte[64];
            if (!Convert.TryFromBase64String(stated, bytes, out var written) || written != md5.Length)
            {
                throw new S3Exception(S3Error.InvalidDigest);
            }

            if (!bytes.AsSpan(0, written).SequenceEqual(md5))
            {
                throw new S3Exception(S3Error.BadDigest);
            }
        }

        return Convert.ToHexStringLower(md5);
    }
}
