using System.Text;

namespace OpsConsole.Engine.ProvingGround.S3;

/// <summary>What buckets and keys may be called.</summary>
public static class S3Names
{
    public static bool IsBucket(string name) =>
        name.Length is >= 3 and <= 63
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '.')
        && char.IsAsciiLetterOrDigit(name[0])
        && char.IsAsciiLetterOrDigit(name[^1])
        && !name.Contains("..", StringComparison.Ordinal)
        && !System.Net.IPAddress.TryParse(name, out _);

    internal static void Check(S3Request request)
    {
        if (!IsBucket(request.Bucket))
        {
            throw new S3Exception(S3Error.InvalidBucketName);
        }

        if (request.Key.Contains('\0', StringComparison.Ordinal))
        {
            throw new S3Exception(S3Error.InvalidArgument("A key cannot hold the character U+0000."));
        }

        if (Encoding.UTF8.GetByteCount(request.Key) > S3Limits.MaxKey)
        {
            throw new S3Exception(S3Error.KeyTooLong);
        }
    }
}
