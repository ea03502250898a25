using System.Net;

namespace OpsConsole.Engine.Noodles.Http;

/// <summary>The connections all scenarios share; nothing of a scenario is kept in them.</summary>
public sealed class NoodleHttp : IDisposable
{
    private readonly SocketsHttpHandler _sockets = new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        MaxConnectionsPerServer = 64,
    };

    /// <summary>A client that writes to this evidence. Disposing of it leaves the connections open.</summary>
    public HttpClient Client(Evidence evidence, Secrets secrets, TimeProvider clock) =>
        new(new RecordingHandler(_sockets, evidence, secrets, clock), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => _sockets.Dispose();
}
