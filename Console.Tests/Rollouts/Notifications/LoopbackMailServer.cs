using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace OpsConsole.Tests.Rollouts.Notifications;

/// <summary>A real SMTP server on loopback: in the clear and open to all, or with TLS of its own making and a password.</summary>
internal sealed class LoopbackMailServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _ends = new();
    private Task _running = Task.CompletedTask;

    private LoopbackMailServer(int port) => Port = port;

    public int Port { get; }

    public ConcurrentQueue<MimeMessage> Mails { get; } = new();

    /// <summary>How often somebody gave a password.</summary>
    public int SignIns { get; private set; }

    /// <param name="tls">From the first byte; else STARTTLS is offered where there is a user.</param>
    public static LoopbackMailServer Start(bool tls = false, (string Name, string Password)? user = null)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var server = new LoopbackMailServer(((IPEndPoint)free.LocalEndpoint).Port);
        free.Stop();
        var options = new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint =>
        {
            endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, server.Port));
            if (user is not null)
            {
                endpoint.IsSecure(tls).Certificate(Certificate()).AuthenticationRequired().AllowUnsecureAuthentication(false);
            }
        }).Build();
        var services = new ServiceProvider();
        services.Add((IMessageStore)new Store(server));
        services.Add((IUserAuthenticator)new Door(server, user));
        server._running = new global::SmtpServer.SmtpServer(options, services).StartAsync(server._ends.Token);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        try
        {
            await _running.WaitAsync(TimeSpan.FromSeconds(5));
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
        }

        _ends.Dispose();
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    private sealed class Store(LoopbackMailServer server) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            using var stream = new MemoryStream(buffer.ToArray());
            server.Mails.Enqueue(await MimeMessage.LoadAsync(stream, cancellationToken));
            return SmtpResponse.Ok;
        }
    }

    private sealed class Door(LoopbackMailServer server, (string Name, string Password)? user) : UserAuthenticator
    {
        public override Task<bool> AuthenticateAsync(ISessionContext context, string name, string password, CancellationToken cancellationToken)
        {
            server.SignIns++;
            return Task.FromResult(user == (name, password));
        }
    }
}
