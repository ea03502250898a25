using System.Security.Cryptography;

namespace OpsConsole.Tests.ProvingGround.Front;

/// <summary>S3's checksum of old: in ETags, Content-MD5 and beside customers' keys.</summary>
internal static class Md5
{
#pragma warning disable CA5351 // The protocol's choice; nothing secret rests on it.
    public static byte[] Of(byte[] bytes) => MD5.HashData(bytes);
#pragma warning restore CA5351
}
