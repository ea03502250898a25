using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Engine.Rollouts.Notifications;

/// <summary>Signatures as Standard Webhooks writes them: <c>v1,</c> and HMAC-SHA256 over <c>id.timestamp.body</c>, in base64.</summary>
public static class WebhookSignature
{
    public const string Prefix = "whsec_";
    private const int LeastBytes = 24;
    private const int MostBytes = 64;

    public static string NewKey() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>The key's bytes; null where the text is no key: base64 of 24 to 64 bytes, with or without <see cref="Prefix"/>.</summary>
    public static byte[]? Bytes(string key)
    {
        var text = key.StartsWith(Prefix, StringComparison.Ordinal) ? key[Prefix.Length..] : key;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length is >= LeastBytes and <= MostBytes ? bytes[..length] : null;
    }

    /// <param name="timestamp">Unix seconds.</param>
    public static string Sign(byte[] key, string id, long timestamp, byte[] body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        hmac.AppendData(body);
        return $"v1,{Convert.ToBase64String(hmac.GetHashAndReset())}";
    }
}
