using System.Net;
using System.Text;

namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>What buckets and keys may be called.</summary>
public static class S3Names
{
    public static bool IsBucket(string name) =>
        name.Length is >= 3 and <= 63
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '.')
        && char.IsAsciiLetterOrDigit(name[0])
        && char.IsAsciiLetterOrDigit(name[^1])
        && !name.Contains("..", StringComparison.Ordinal)
        && !name.Contains(".-", StringComparison.Ordinal)
        && !name.Contains("-.", StringComparison.Ordinal)
        && !IPAddress.TryParse(name, out _);

    /// <summary>What is wrong with a key; null where nothing is. An empty key is the bucket itself, and not judged here.</summary>
    public static S3Error? WrongKey(string key) =>
        key.Contains('\0', StringComparison.Ordinal) ? S3Error.InvalidArgument("A key cannot hold the character U+0000.")
        : key.Contains('\uFFFD', StringComparison.Ordinal) ? S3Error.InvalidUri
        : Encoding.UTF8.GetByteCount(key) > S3Limits.MaxKey ? S3Error.KeyTooLong
        : null;
}
