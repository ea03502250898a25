using System.Net.Http.Headers;

namespace OpsConsole.Engine.Canaries.Running;

/// <summary>A complete answer.</summary>
public sealed record CanaryAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The longest body that is read.</summary>
    public const int MostBytes = 4 << 20;

    /// <summary>Null where the body is longer than <see cref="MostBytes"/>.</summary>
    internal static async Task<CanaryAnswer?> ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Take(answer.Headers.NonValidated, all);
        Take(answer.Content.Headers.NonValidated, all);
        var stream = await answer.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        using var body = new MemoryStream();
        var part = new byte[8 * 1024];
        while (await stream.ReadAsync(part, cancel).ConfigureAwait(false) is > 0 and var count)
        {
            if (body.Length + count > MostBytes)
            {
                return null;
            }

            body.Write(part, 0, count);
        }

        return new((int)answer.StatusCode, all, body.ToArray());
    }

    private static void Take(HttpHeadersNonValidated headers, Dictionary<string, string> into)
    {
        foreach (var (name, values) in headers)
        {
            into[name] = values.Count == 1 ? values.ToString() : string.Join(',', values);
        }
    }
}
