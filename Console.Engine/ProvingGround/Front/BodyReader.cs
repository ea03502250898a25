using System.Globalization;
using System.Security.Cryptography;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Behaviours;
using OpsConsole.Engine.ProvingGround.Checksums;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>Reads a request's body whole, out of its framing, and compares it with everything its sender said of it; the gates refuse.</summary>
internal sealed class BodyReader(Behaviour behaviour, TimeProvider clock)
{
    private const string Streaming = "STREAMING-";
    private const string DefaultAlgorithm = "CRC64NVME";

    /// <summary>Who sends slower than this, bytes a second, is cut off: a body holds memory that others wait for.</summary>
    private const double SlowestRate = 256 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Bytes the request says its body has, out of its framing.</summary>
    public static long LengthOf(S3Call call) =>
        call.Header("x-amz-content-sha256").StartsWith(Streaming, StringComparison.Ordinal)
            ? long.Parse(call.Header("x-amz-decoded-content-length"), NumberStyles.None, CultureInfo.InvariantCulture)
            : call.Length ?? 0;

    /// <param name="algorithm">Of the checksum to be kept where the sender names none.</param>
    public async Task<Body> ReadAsync(S3Request request, Signed? signed, string? algorithm)
    {
        var content = GC.AllocateUninitializedArray<byte>((int)LengthOf(request.Call));
        var payload = signed?.Payload ?? request.Header("x-amz-content-sha256");
        IReadOnlyDictionary<string, string> trailers;
        using var late = new CancellationTokenSource(Patience + TimeSpan.FromSeconds(content.Length / SlowestRate), clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, request.Gone);
        try
        {
            trailers = await FillAsync(request, signed, payload, content, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            request.Response.Headers.Connection = "close";
            return Body.Empty with { Facts = new BodyFacts(S3Error.RequestTimeout) };
        }
        catch (S3Exception e)
        {
            return Body.Empty with { Facts = new BodyFacts(e.Error) };
        }

        var asked = ChecksumAsked.Read(request.Call);
        var stated = asked is null ? null : asked.Value ?? trailers.GetValueOrDefault(asked.HeaderName);
        if (asked is not null && (stated is null || !ChecksumAsked.IsValue(asked.Algorithm, stated)))
        {
            return Body.Empty with { Facts = new BodyFacts(S3Error.MalformedTrailer) };
        }

        var kept = new ObjectChecksum(asked?.Algorithm ?? algorithm ?? DefaultAlgorithm, RunningChecksum.Of(asked?.Algorithm ?? algorithm ?? DefaultAlgorithm, content));
        var md5 = ETag.Md5(content);
        var facts = new BodyFacts(
            null,
            payload.Length != 64 || payload == Convert.ToHexStringLower(SHA256.HashData(content)),
            request.Header("Content-MD5") is not { Length: > 0 } said || said == Convert.ToBase64String(md5),
            stated is not null && kept.Value != stated && behaviour.Honours(kept.Algorithm) ? kept.Algorithm : null);
        return new Body(content, ETag.Text(md5), kept, facts) { Named = asked is not null };
    }

    private static async Task<IReadOnlyDictionary<string, string>> FillAsync(S3Request request, Signed? signed, string payload, byte[] content, CancellationToken cancel)
    {
        if (payload.StartsWith(Streaming, StringComparison.Ordinal))
        {
            var chunksAreSigned = payload switch
            {
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" or "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" => true,
                "STREAMING-UNSIGNED-PAYLOAD-TRAILER" => false,
                _ => throw new S3Exception(S3Error.InvalidArgument("x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, or a valid sha256 value.")),
            };
            var chunked = new ChunkedBody(request.Context.Request.Body, signed!, chunksAreSigned, payload.EndsWith("-TRAILER", StringComparison.Ordinal));
            await chunked.ReadAsync(content, cancel).ConfigureAwait(false);
            return chunked.Trailers;
        }

        if (payload.Length > 0 && payload != "UNSIGNED-PAYLOAD" && (payload.Length != 64 || !payload.All(char.IsAsciiHexDigitLower)))
        {
            throw new S3Exception(S3Error.InvalidArgument("x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-…, or a valid sha256 value."));
        }

        try
        {
            await request.Context.Request.Body.ReadExactlyAsync(content, cancel).ConfigureAwait(false);
        }
        catch (EndOfStreamException)
        {
            throw new S3Exception(S3Error.IncompleteBody);
        }

        return new Dictionary<string, string>();
    }
}
