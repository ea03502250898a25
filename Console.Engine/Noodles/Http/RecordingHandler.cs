using System.Collections.Immutable;
using System.Text;
using OpsConsole.Domain.Noodles.Running;

namespace OpsConsole.Engine.Noodles.Http;

/// <summary>Writes down every request and its answer as evidence.</summary>
internal sealed class RecordingHandler(HttpMessageHandler inner, Evidence evidence, Secrets secrets, TimeProvider clock) : DelegatingHandler(inner)
{
    /// <summary>Of each body so many bytes are kept.</summary>
    private const int Kept = 2_048;

    /// <summary>A larger answer is an error of the target.</summary>
    private const int LargestAnswer = 64 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var sent = request.Content is { } content ? await HeadAsync(content, cancellationToken).ConfigureAwait(false) : "";
        try
        {
            var answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            await answer.Content.LoadIntoBufferAsync(LargestAnswer, cancellationToken).ConfigureAwait(false);
            Write(request, sent, answer, Cut(await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)), began, "");
            return answer;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            Write(request, sent, null, "", began, e is OperationCanceledException ? "No answer in time." : e.Message);
            throw;
        }
    }

    private void Write(HttpRequestMessage request, string sent, HttpResponseMessage? answer, string got, long began, string error) =>
        evidence.Add(new(
            request.Method.Method, secrets.InText(request.RequestUri?.OriginalString ?? ""), Clean(HeadersOf(request.Headers.NonValidated, request.Content?.Headers.NonValidated)), secrets.InText(sent),
            answer is null ? 0 : (int)answer.StatusCode, answer is null ? [] : Clean(HeadersOf(answer.Headers.NonValidated, answer.Content.Headers.NonValidated)), secrets.InText(got), clock.GetElapsedTime(began), error));

    private ImmutableArray<HeaderLine> Clean(IEnumerable<(string Name, string Value)> headers) => [.. headers.Select(header => new HeaderLine(header.Name, secrets.InHeader(header.Name, header.Value)))];

    internal static IEnumerable<(string Name, string Value)> HeadersOf(params System.Net.Http.Headers.HttpHeadersNonValidated?[] all) =>
        all.Where(one => one is not null).SelectMany(one => one!.Value).Select(header => (header.Key, header.Value.ToString()));

    /// <summary>Bodies that are at hand; streams are not read ahead.</summary>
    private static async Task<string> HeadAsync(HttpContent content, CancellationToken cancel) =>
        content is ByteArrayContent ? Cut(await content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false)) : $"({content.Headers.ContentLength?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "an unknown number of"} bytes, as a stream)";

    private static string Cut(byte[] body)
    {
        var head = body.AsSpan(0, Math.Min(body.Length, Kept));
        var text = head.IndexOfAnyInRange((byte)0, (byte)8) < 0 ? Encoding.UTF8.GetString(head) : $"({Convert.ToHexStringLower(head[..Math.Min(head.Length, 64)])}…)";
        return body.Length > Kept ? $"{text}… ({body.Length} bytes in all)" : text;
    }
}
