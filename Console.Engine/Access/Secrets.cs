using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Engine.Access;

/// <summary>Makes and hashes what must not be guessed. The one place that draws true randomness: secrets are not part of any run that is repeated.</summary>
internal static class Secrets
{
    /// <summary>256 random bits in base64url, 43 characters.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>A token's public part: 12 hex digits.</summary>
    public static string NewId() => RandomNumberGenerator.GetHexString(12, lowercase: true);

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    public static bool Same(byte[] left, byte[] right) => CryptographicOperations.FixedTimeEquals(left, right);
}
