using System.Net;

namespace OpsConsole.Engine.Canaries.Targets;

/// <summary>Ways to targets that are asked as they are: no proxy, no cookies, no redirects, and connections renewed each minute, as customers' are.</summary>
public static class PlainHttp
{
    private const int MostConnections = 32;

    public static SocketsHttpHandler Handler() =>
        new()
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            MaxConnectionsPerServer = MostConnections,
            MaxResponseHeadersLength = 64,
            ActivityHeadersPropagator = null,
        };
}
