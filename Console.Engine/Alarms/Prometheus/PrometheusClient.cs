using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace OpsConsole.Engine.Alarms.Prometheus;

/// <summary>Asks range queries over HTTP, with limits on time and size.</summary>
public sealed class PrometheusClient : IDisposable
{
    private const int MostBytes = 1 << 20;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { MaxResponseContentBufferSize = MostBytes, Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>A source that is not there, is late, or answers in part gives no data; one that refuses the query fails. It does not throw.</summary>
    /// <param name="back">How far back from <paramref name="at"/>.</param>
    public async Task<PrometheusAnswer> AskAsync(OutsideSource source, string query, TimeSpan back, DateTimeOffset at, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(source.Timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(source.Url, "api/v1/query_range"))
            {
                Content = new FormUrlEncodedContent(new Dictionary<string, string>
                {
                    ["query"] = query,
                    ["start"] = Seconds(at - back),
                    ["end"] = Seconds(at),
                    ["step"] = Step.TotalSeconds.ToString(CultureInfo.InvariantCulture),
                    ["timeout"] = $"{source.Timeout.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)}ms",
                }),
            };
            request.Headers.Authorization = source.Bearer is { Length: > 0 } bearer ? new AuthenticationHeaderValue("Bearer", bearer) : null;
            using var answer = await _http.SendAsync(request, limit.Token).ConfigureAwait(false);
            if (answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout or HttpStatusCode.TooManyRequests)
            {
                return PrometheusAnswer.Missing(at, $"it answered {(int)answer.StatusCode}");
            }

            var body = await answer.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false);
            using var document = JsonDocument.Parse(body);
            return PrometheusAnswer.Read(document.RootElement, at);
        }
        catch (JsonException)
        {
            return PrometheusAnswer.Failed(at, "it did not answer in JSON");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return PrometheusAnswer.Missing(at, string.Create(CultureInfo.InvariantCulture, $"it did not answer within {source.Timeout.TotalMilliseconds:0} ms"));
        }
        catch (HttpRequestException e)
        {
            return e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded ? PrometheusAnswer.Failed(at, $"its answer is larger than {MostBytes} bytes") : PrometheusAnswer.Missing(at, $"it could not be reached: {e.Message}");
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Seconds(DateTimeOffset at) => (at.ToUnixTimeMilliseconds() / 1_000.0).ToString("0.000", CultureInfo.InvariantCulture);
}
