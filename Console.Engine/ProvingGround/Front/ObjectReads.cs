using System.Globalization;
using Microsoft.AspNetCore.Http;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>Get and head of an object, a range of it, or one of its parts.</summary>
internal sealed class ObjectReads(FrontParts parts)
{
    /// <summary>What one answer may hold of an object at a time: two extents.</summary>
    private const int HeldAtOnce = 2 * 1024 * 1024;

    public async Task GetAsync(Admitted request)
    {
        var (found, response) = (request.It.Object!, request.Request.Response);
        var range = RangeOf(request.Call, found, response);
        var (from, length) = range is null ? (0, found.Size) : (range.From, range.Length);
        ObjectHeaders.Write(response, found);
        if (range is not null)
        {
            parts.Behaviour.OnRange();
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = range.ContentRange(found.Size);
        }
        else if (request.Call.Header("x-amz-checksum-mode").Equals("ENABLED", StringComparison.OrdinalIgnoreCase))
        {
            ObjectHeaders.Checksum(response, found.Checksum);
        }

        response.StatusCode = parts.Behaviour.Status(request.Call, response.StatusCode);
        foreach (var (name, value) in StoredHeaders.Overrides(request.Call))
        {
            response.Headers[name] = value;
        }

        response.ContentLength = length;
        if (request.It.Is(S3Operation.HeadObject))
        {
            return;
        }

        await parts.Behaviour.OnBytesAsync(length, request.Gone).ConfigureAwait(false);
        using var room = parts.Room.Take(Math.Min(length, HeldAtOnce));
        var key = parts.Key.Open(found.Encryption, request.Call, CustomerKey.Prefix);
        await foreach (var some in ContentReader.ReadAsync(parts.Blobs, found, key, from, length, request.Gone).ConfigureAwait(false))
        {
            await response.Body.WriteAsync(some, request.Gone).ConfigureAwait(false);
        }
    }

    private static ByteRange? RangeOf(S3Call call, ObjectEntry found, HttpResponse response)
    {
        if (call.Parameter("partNumber") is { } part)
        {
            if (!found.Parts.IsEmpty)
            {
                response.Headers["x-amz-mp-parts-count"] = found.Parts.Length.ToString(CultureInfo.InvariantCulture);
                var before = int.Parse(part, CultureInfo.InvariantCulture) - 1;
                return new ByteRange(found.Parts.Take(before).Sum(), found.Parts[before]);
            }

            return found.Size > 0 ? new ByteRange(0, found.Size) : null;
        }

        _ = ByteRange.TryParse(call.Header("Range"), found.Size, out var range);
        return range;
    }
}
