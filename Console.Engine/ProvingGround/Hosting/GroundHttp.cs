using System.Net;

namespace OpsConsole.Engine.ProvingGround.Hosting;

/// <summary>Clients for loopback: no proxy, no cookies, no redirects, connections kept.</summary>
internal static class GroundHttp
{
    public static HttpClient Make(string? secret = null, TimeSpan? limit = null)
    {
        var client = new HttpClient(Handler())
        {
            Timeout = limit ?? TimeSpan.FromSeconds(30),
        };
        if (secret is not null)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(GroundSecret.Header, secret);
        }

        return client;
    }

    /// <summary>For streams: an answer is there as soon as its headers are.</summary>
    public static HttpMessageInvoker MakeStreaming() => new(Handler());

    private static SocketsHttpHandler Handler() =>
        new()
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(1),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            MaxConnectionsPerServer = 128,
            ActivityHeadersPropagator = null,
        };
}
