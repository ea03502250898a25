using System.Globalization;

namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>The part of an object that is asked for.</summary>
/// <param name="From">First byte.</param>
/// <param name="Length">1 and up.</param>
public sealed record ByteRange(long From, long Length)
{
    public string ContentRange(long size) => $"bytes {From}-{From + Length - 1}/{size}";

    /// <summary>
    /// One range, as <c>bytes=0-9</c>, <c>bytes=10-</c> or <c>bytes=-5</c>. Anything else is no range, and the whole object is the answer, as HTTP says.
    /// </summary>
    /// <returns>False where the range lies outside the object.</returns>
    public static bool TryParse(string header, long size, out ByteRange? range)
    {
        range = null;
        if (!header.StartsWith("bytes=", StringComparison.Ordinal) || header["bytes=".Length..].Split('-') is not [var first, var last] || (first.Length == 0 && last.Length == 0))
        {
            return true;
        }

        var from = 0L;
        var to = size - 1;
        if ((first.Length > 0 && !Number(first, out from)) || (last.Length > 0 && !Number(last, out to)))
        {
            return true;
        }

        if (first.Length == 0)
        {
            (from, to) = (Math.Max(0, size - to), to == 0 ? -1 : size - 1);
        }
        else if (to < from && last.Length > 0)
        {
            return true;
        }

        to = Math.Min(to, size - 1);
        if (from >= size || to < from)
        {
            return false;
        }

        range = new ByteRange(from, to - from + 1);
        return true;
    }

    private static bool Number(string text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
