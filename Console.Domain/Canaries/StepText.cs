using System.Globalization;
using System.Text;
using OpsConsole.Domain.Canaries.Scheduling;

namespace OpsConsole.Domain.Canaries;

/// <summary>Fills in what steps leave open: see <see cref="HttpStep"/>.</summary>
/// <param name="Run">Unique for each run; letters, digits and hyphens.</param>
/// <param name="Post">As <see cref="CanaryPost"/> writes itself: a key under it is shared with no other place.</param>
public sealed record StepText(string Run, string Post, string Canary, string Region, string Vantage)
{
    public const int MostBytes = 1 << 20;
    private const string Before = "{bytes:";

    public string Fill(string text) =>
        text.Contains('{', StringComparison.Ordinal)
            ? text.Replace("{run}", Run, StringComparison.Ordinal).Replace("{post}", Post, StringComparison.Ordinal).Replace("{canary}", Canary, StringComparison.Ordinal).Replace("{region}", Region, StringComparison.Ordinal).Replace("{vantage}", Vantage, StringComparison.Ordinal)
            : text;

    public byte[] Bytes(string body) => BytesAsked(body) is { } count ? Random(count) : Encoding.UTF8.GetBytes(Fill(body));

    internal static bool IsBytes(string body) => body.StartsWith(Before, StringComparison.Ordinal);

    /// <summary>The N of <c>{bytes:N}</c>, 0 to <see cref="MostBytes"/>; null where it is not that.</summary>
    internal static int? BytesAsked(string body) =>
        IsBytes(body) && body.EndsWith('}') && int.TryParse(body.AsSpan(Before.Length, body.Length - Before.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MostBytes ? count : null;

    private byte[] Random(int count)
    {
        var bytes = new byte[count];
        new Random((int)(Spread.Of(0, Run) * int.MaxValue)).NextBytes(bytes);
        return bytes;
    }
}
