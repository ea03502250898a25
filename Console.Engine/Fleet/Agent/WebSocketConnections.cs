using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace OpsConsole.Engine.Fleet.Agent;

/// <summary>Connections for the hub client over plain WebSockets, without negotiation.</summary>
internal sealed class WebSocketConnections(string token) : IConnectionFactory
{
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(10);
        try
        {
            await socket.ConnectAsync(((UriEndPoint)endpoint).Uri, cancellationToken).ConfigureAwait(false);
            return new WebSocketConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class WebSocketConnection : ConnectionContext, IDuplexPipe
    {
        private readonly ClientWebSocket _socket;
        private readonly Pipe _in = new();
        private readonly Pipe _out = new();
        private readonly CancellationTokenSource _over = new();
        private readonly Task _pumps;

        public WebSocketConnection(ClientWebSocket socket)
        {
            _socket = socket;
            Transport = this;
            ConnectionClosed = _over.Token;
            _pumps = Task.WhenAll(ReceiveAsync(), SendAsync());
        }

        public override string ConnectionId { get; set; } = "agent";

        public override IFeatureCollection Features { get; } = new FeatureCollection();

        public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

        public override IDuplexPipe Transport { get; set; }

        public PipeReader Input => _in.Reader;

        public PipeWriter Output => _out.Writer;

        public override async ValueTask DisposeAsync()
        {
            await _out.Writer.CompleteAsync().ConfigureAwait(false);
            await _in.Reader.CompleteAsync().ConfigureAwait(false);
            await _over.CancelAsync().ConfigureAwait(false);
            _socket.Abort();
            await _pumps.ConfigureAwait(false);
            _socket.Dispose();
            _over.Dispose();
            await base.DisposeAsync().ConfigureAwait(false);
        }

        private async Task ReceiveAsync()
        {
            Exception? broken = null;
            try
            {
                while (await _socket.ReceiveAsync(_in.Writer.GetMemory(4_096), _over.Token).ConfigureAwait(false) is { MessageType: not WebSocketMessageType.Close } received)
                {
                    _in.Writer.Advance(received.Count);
                    if ((await _in.Writer.FlushAsync(_over.Token).ConfigureAwait(false)).IsCompleted)
                    {
                        break;
                    }
                }
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
            {
                broken = e is WebSocketException ? e : null;
            }

            await _in.Writer.CompleteAsync(broken).ConfigureAwait(false);
        }

        private async Task SendAsync()
        {
            try
            {
                while (true)
                {
                    var read = await _out.Reader.ReadAsync(_over.Token).ConfigureAwait(false);
                    if (!read.Buffer.IsEmpty)
                    {
                        foreach (var part in read.Buffer)
                        {
                            await _socket.SendAsync(part, WebSocketMessageType.Text, endOfMessage: false, _over.Token).ConfigureAwait(false);
                        }

                        await _socket.SendAsync(ReadOnlyMemory<byte>.Empty, WebSocketMessageType.Text, endOfMessage: true, _over.Token).ConfigureAwait(false);
                    }

                    _out.Reader.AdvanceTo(read.Buffer.End);
                    if (read.IsCompleted)
                    {
                        break;
                    }
                }
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The receiving side ends the connection; the agent connects again.
            }

            await _out.Reader.CompleteAsync().ConfigureAwait(false);
        }
    }
}
