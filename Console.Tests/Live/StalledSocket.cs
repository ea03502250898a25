using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace OpsConsole.Tests.Live;

/// <summary>A hub client that reads only when it is told to: what it does not read fills the buffers of both ends' TCP, and then the server must wait.</summary>
internal sealed class StalledSocket : IAsyncDisposable
{
    private const byte End = 0x1e;

    private readonly ClientWebSocket _socket = new();
    private readonly List<byte> _rest = [];
    private readonly byte[] _buffer = new byte[64 * 1024];

    /// <summary>Bytes read so far.</summary>
    public long Read { get; private set; }

    public static async Task<StalledSocket> ConnectAsync(string console, string token, CancellationToken cancel)
    {
        var client = new StalledSocket();
        client._socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        using var handler = new SocketsHttpHandler { UseProxy = false, ConnectCallback = SmallBuffersAsync };
        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        await client._socket.ConnectAsync(new Uri(console.Replace("http", "ws", StringComparison.Ordinal) + "/hubs/live"), invoker, cancel);
        await client.SendAsync("""{"protocol":"json","version":1}""", cancel);
        Assert.Equal("{}", (await client.NextAsync(cancel)).ToString());
        return client;
    }

    public Task SubscribeAsync(string topic, CancellationToken cancel) =>
        SendAsync($$"""{"type":1,"invocationId":"1","target":"Subscribe","arguments":["{{topic}}",null]}""", cancel);

    /// <summary>Says that the client lives: without it the server ends the line after 30 s.</summary>
    public Task PingAsync(CancellationToken cancel) => SendAsync("{\"type\":6}", cancel);

    /// <summary>The next snapshot or delta; pings and answers are passed over.</summary>
    public async Task<(string Method, JsonElement Message)> NextMessageAsync(CancellationToken cancel)
    {
        while (true)
        {
            var message = await NextAsync(cancel);
            if (message.TryGetProperty("target", out var target))
            {
                return (target.GetString()!, message.GetProperty("arguments")[0]);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<JsonElement> NextAsync(CancellationToken cancel)
    {
        int end;
        while ((end = _rest.IndexOf(End)) < 0)
        {
            var read = await _socket.ReceiveAsync(_buffer, cancel);
            Assert.True(read.MessageType != WebSocketMessageType.Close, $"the server closed the line: {read.CloseStatusDescription}");
            Read += read.Count;
            _rest.AddRange(_buffer.AsSpan(0, read.Count));
        }

        var message = JsonDocument.Parse(_rest.GetRange(0, end).ToArray()).RootElement;
        _rest.RemoveRange(0, end + 1);
        return message;
    }

    private Task SendAsync(string message, CancellationToken cancel) => _socket.SendAsync(Encoding.UTF8.GetBytes(message + (char)End), WebSocketMessageType.Text, true, cancel);

    private static async ValueTask<Stream> SmallBuffersAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 8 * 1024, NoDelay = true };
        await socket.ConnectAsync(context.DnsEndPoint, cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
