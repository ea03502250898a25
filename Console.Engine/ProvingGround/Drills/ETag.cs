using System.Security.Cryptography;

namespace OpsConsole.Engine.ProvingGround.Drills;

internal static class ETag
{
    /// <summary>S3's, of an object put in one piece: MD5 in hex.</summary>
    public static string Of(byte[] content)
    {
#pragma warning disable CA5351 // The protocol's own name for content; nothing secret rests on it.
        return Convert.ToHexStringLower(MD5.HashData(content));
#pragma warning restore CA5351
    }
}
