using System.Security.Cryptography;

namespace OpsConsole.Engine.ProvingGround.S3;

/// <summary>The protocol's own names for content, all MD5; nothing secret rests on them.</summary>
#pragma warning disable CA5351
internal static class ETag
{
    /// <summary>Of an object put in one piece: the MD5 in hex.</summary>
    public static string Of(ReadOnlySpan<byte> content) => Text(Md5(content));

    /// <summary>Of an object joined from parts: the MD5 of their MD5s, and how many there are.</summary>
    /// <param name="parts">Their ETags.</param>
    public static string Joined(IReadOnlyCollection<string> parts) => $"{Of([.. parts.SelectMany(Convert.FromHexString)])}-{parts.Count}";

    public static byte[] Md5(ReadOnlySpan<byte> content) => MD5.HashData(content);

    /// <summary>For content that comes piece by piece.</summary>
    public static IncrementalHash Running() => IncrementalHash.CreateHash(HashAlgorithmName.MD5);

    public static string Text(ReadOnlySpan<byte> md5) => Convert.ToHexStringLower(md5);

    public static string Quoted(string etag) => $"\"{etag}\"";
}
#pragma warning restore CA5351
