using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OpsConsole.Tests.ProvingGround.Coding;

/// <summary>The ways the fixture writes runs of bytes: hex, <c>bytes(range(256))*4</c>, <c>bytes 0..99</c>, <c>'A'*1000</c>.</summary>
internal static partial class FixtureBytes
{
    public static byte[] Parse(string text)
    {
        if (Range().Match(text) is { Success: true } range)
        {
            var (from, to) = range.Groups[2].Success ? (Number(range.Groups[1]), Number(range.Groups[2])) : (0, Number(range.Groups[1]));
            return Repeat([.. Enumerable.Range(from, to - from).Select(value => (byte)value)], range.Groups[3]);
        }

        if (Span().Match(text) is { Success: true } span)
        {
            var (from, to) = (Number(span.Groups[1]), Number(span.Groups[2]));
            return [.. Enumerable.Range(0, Math.Abs(to - from) + 1).Select(step => (byte)(from <= to ? from + step : from - step))];
        }

        if (Quoted().Match(text) is { Success: true } quoted)
        {
            return Repeat(Encoding.Latin1.GetBytes(quoted.Groups[1].Value), quoted.Groups[2]);
        }

        return Convert.FromHexString(text);
    }

    private static byte[] Repeat(byte[] one, Group times) => [.. Enumerable.Repeat(one, times.Success ? Number(times) : 1).SelectMany(bytes => bytes)];

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^bytes\(range\((\d+)(?:,\s*(\d+))?\)\)(?:\s*\*\s*(\d+))?$")]
    private static partial Regex Range();

    [GeneratedRegex(@"^bytes (\d+)\.\.(\d+)$")]
    private static partial Regex Span();

    [GeneratedRegex(@"^b?'([^']*)'(?:\s*\*\s*(\d+))?$")]
    private static partial Regex Quoted();
}
