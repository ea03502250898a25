using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OpsConsole.Domain.Rollouts.Notifications;

namespace OpsConsole.Engine.Rollouts.Notifications;

/// <summary>Posts JSON to an address that somebody typed: bounded in time and in what is read, without redirects and proxies, to addresses that may be reached.</summary>
public sealed class WebPost : IDisposable
{
    /// <summary>Of an answer only this much is read; it is for people who look why it failed.</summary>
    private const int MostRead = 2_048;
    private const int LongestDetail = 300;

    private readonly HttpClient _http;
    private readonly NotificationOptions _options;
    private readonly TimeProvider _clock;

    public WebPost(NotificationOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = 16,
            MaxConnectionsPerServer = 4,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = async (context, cancel) => new NetworkStream(
                await TargetPolicy.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, context.InitialRequestMessage.RequestUri!.Scheme == Uri.UriSchemeHttp, options.AllowLoopback, cancel).ConfigureAwait(false), ownsSocket: true),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public async Task<SendOutcome> PostAsync(string url, byte[] body, IEnumerable<(string Name, string Value)> headers, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(_options.WebTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
            request.Headers.UserAgent.ParseAdd("OpsConsole");
            foreach (var (name, value) in headers)
            {
                request.Headers.Add(name, value);
            }

            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return await ReadAsync(answer, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(false, string.Create(CultureInfo.InvariantCulture, $"no answer within {_options.WebTimeout.TotalSeconds:0.#} s"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            return new(false, Clip((e.InnerException as TargetRefusedException ?? e).Message));
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<SendOutcome> ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        var status = string.Create(CultureInfo.InvariantCulture, $"answered {(int)answer.StatusCode}");
        if (answer.IsSuccessStatusCode)
        {
            return new(true, status);
        }

        if ((int)answer.StatusCode is >= 300 and < 400)
        {
            return new(false, $"{status}: redirects are not followed, give the address it redirects to");
        }

        return new(false, Clip($"{status}: {await BeginningAsync(answer, cancel).ConfigureAwait(false)}"))
        {
            Never = answer.StatusCode == HttpStatusCode.Gone,
            NotBefore = answer.Headers.RetryAfter is { } after ? Wished(after.Delta ?? (after.Date - _clock.GetUtcNow())) : null,
        };
    }

    private static async Task<string> BeginningAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        var buffer = new byte[MostRead];
        var length = await stream.ReadAtLeastAsync(buffer, MostRead, throwOnEndOfStream: false, cancel).ConfigureAwait(false);
        return new string([.. Encoding.UTF8.GetString(buffer, 0, length).Select(letter => char.IsControl(letter) ? ' ' : letter)]).Trim();
    }

    /// <summary>A receiver may ask for at most an hour's patience.</summary>
    private static TimeSpan? Wished(TimeSpan? after) => after is { } wished && wished > TimeSpan.Zero ? (wished < TimeSpan.FromHours(1) ? wished : TimeSpan.FromHours(1)) : null;

    private static string Clip(string text) => text.Length > LongestDetail ? $"{text[..(LongestDetail - 1)]}…" : text;
}
