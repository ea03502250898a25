namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>What is copied from.</summary>
public sealed record CopySource(string Bucket, string Key)
{
    public const string Header = "x-amz-copy-source";

    /// <summary>Percent-encoded <c>bucket/key</c>, with or without a slash before it. Null where it is no such thing; versions are not kept here, so any but <c>null</c> is none.</summary>
    public static CopySource? Parse(string header)
    {
        var version = header.IndexOf("?versionId=", StringComparison.Ordinal);
        if (version >= 0 && header[version..] != "?versionId=null")
        {
            return null;
        }

        var path = Uri.UnescapeDataString(version < 0 ? header : header[..version]).TrimStart('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < path.Length - 1 && S3Names.IsBucket(path[..slash]) && S3Names.WrongKey(path[(slash + 1)..]) is null
            ? new CopySource(path[..slash], path[(slash + 1)..])
            : null;
    }

    /// <summary>The bytes of a part copy: <c>bytes=first-last</c>, both there, both inside the source. Null where it is not.</summary>
    public static ByteRange? Range(string header, long size) =>
        header.StartsWith("bytes=", StringComparison.Ordinal) && header["bytes=".Length..].Split('-') is [{ Length: > 0 }, { Length: > 0 } last]
        && ByteRange.TryParse(header, size, out var range) && range is not null && last == (range.From + range.Length - 1).ToString(System.Globalization.CultureInfo.InvariantCulture)
            ? range
            : null;
}
