using System.Globalization;
using Microsoft.AspNetCore.Http;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>What an answer says of an object in its headers.</summary>
internal static class ObjectHeaders
{
    /// <summary>All a reader is told besides length and range.</summary>
    public static void Write(HttpResponse response, ObjectEntry found)
    {
        response.Headers.ETag = ETag.Quoted(found.ETag);
        response.Headers.LastModified = found.Modified.ToUniversalTime().ToString("r", CultureInfo.InvariantCulture);
        response.Headers.AcceptRanges = "bytes";
        response.ContentType = "binary/octet-stream";
        foreach (var (name, value) in found.Headers)
        {
            response.Headers[name] = value;
        }

        foreach (var (name, value) in found.Metadata)
        {
            response.Headers[StoredHeaders.MetadataPrefix + name] = value;
        }

        if (!found.Tags.IsEmpty)
        {
            response.Headers["x-amz-tagging-count"] = found.Tags.Count.ToString(CultureInfo.InvariantCulture);
        }

        Encrypted(response, found.Encryption);
    }

    public static void Encrypted(HttpResponse response, Encryption? encryption)
    {
        switch (encryption?.Kind)
        {
            case EncryptionKind.Ground:
                response.Headers["x-amz-server-side-encryption"] = "AES256";
                break;
            case EncryptionKind.Customer:
                response.Headers[CustomerKey.Prefix + "algorithm"] = "AES256";
                response.Headers[CustomerKey.Prefix + "key-MD5"] = encryption.KeyMd5;
                break;
        }
    }

    public static void Checksum(HttpResponse response, ObjectChecksum? checksum)
    {
        if (checksum is { Value.Length: > 0 })
        {
            response.Headers[ChecksumAsked.Prefix + checksum.Algorithm.ToLowerInvariant()] = checksum.Value;
            response.Headers["x-amz-checksum-type"] = TypeOf(checksum);
        }
    }

    public static string TypeOf(ObjectChecksum checksum) => checksum.Composite ? "COMPOSITE" : "FULL_OBJECT";

    /// <summary>The element that carries a checksum in XML.</summary>
    public static string ElementOf(string algorithm) => "Checksum" + algorithm;
}
