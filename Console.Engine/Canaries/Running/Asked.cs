using System.Globalization;
using System.Text;
using OpsConsole.Domain.Canaries.Runs;

namespace OpsConsole.Engine.Canaries.Running;

/// <summary>One request and what came, as objects; written out only where somebody will read it.</summary>
internal sealed class Asked(string step, HttpRequestMessage request)
{
    public const int LongestDetail = 500;

    /// <summary>Of one attempt: the last ones, in which the failure is.</summary>
    public const int MostKept = 8;

    private const int MostBody = 1_024;
    private const int MostHeaders = 2_048;

    public HttpRequestMessage Request => request;

    public CanaryAnswer? Answer { get; set; }

    public TimeSpan Took { get; set; }

    public async Task<Exchange> WriteAsync(CancellationToken cancel)
    {
        var sent = new StringBuilder().Append(request.Method).Append(' ').Append(Secrets.Target(request.RequestUri!.PathAndQuery)).Append('\n');
        sent.Append("host: ").Append(request.RequestUri.Authority).Append('\n');
        Write(sent, request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated.AsEnumerable() ?? []).Select(header => (header.Key, string.Join(',', header.Value))));
        Write(sent, request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false));
        var got = new StringBuilder();
        if (Answer is { } answer)
        {
            got.Append(answer.Status).Append('\n');
            Write(got, answer.Headers.Select(header => (header.Key, header.Value)));
            Write(got, answer.Body);
        }

        return new(step, sent.ToString(), got.ToString(), Took);
    }

    private static void Write(StringBuilder text, IEnumerable<(string Name, string Value)> headers)
    {
        var until = text.Length + MostHeaders;
        foreach (var (name, value) in headers)
        {
            if (text.Length < until)
            {
                text.Append(name).Append(": ").Append(Secrets.Header(name, value) is { Length: > 300 } longer ? longer[..300] + "…" : Secrets.Header(name, value)).Append('\n');
            }
        }
    }

    /// <summary>As text where it is text, else in hex.</summary>
    private static void Write(StringBuilder text, byte[] body)
    {
        if (body.Length == 0)
        {
            return;
        }

        var shown = body.AsSpan(0, Math.Min(body.Length, MostBody));
        text.Append('\n').Append(shown.ContainsAnyInRange<byte>(0, 8) || shown.Contains((byte)0xff) ? Convert.ToHexStringLower(shown[..Math.Min(shown.Length, 256)]) : Secrets.Body(Encoding.UTF8.GetString(shown)));
        text.Append(body.Length > MostBody ? string.Create(CultureInfo.InvariantCulture, $"\n… {body.Length} bytes in all") : "");
    }
}
