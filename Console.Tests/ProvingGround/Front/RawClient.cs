using System.Net.Sockets;
using System.Text;

namespace OpsConsole.Tests.ProvingGround.Front;

/// <summary>Sends bytes as they are and reads what comes: no HTTP library mends them on the way.</summary>
internal static class RawClient
{
    private const int MostRead = 64 * 1024;

    /// <summary>What came until the connection was closed, or for so many seconds; empty where nothing did.</summary>
    public static async Task<string> SendAsync(Uri address, byte[] request, double seconds = 20)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        var answer = new byte[MostRead];
        var filled = 0;
        using var socket = new TcpClient { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, limit.Token);
            var stream = socket.GetStream();
            await stream.WriteAsync(request, limit.Token);
            while (filled < answer.Length && await stream.ReadAsync(answer.AsMemory(filled), limit.Token) is > 0 and var some)
            {
                filled += some;
            }

        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // Cut off by the host, or a request that says it is longer than it is: what came before counts.
        }

        return Encoding.Latin1.GetString(answer, 0, filled);
    }
}
