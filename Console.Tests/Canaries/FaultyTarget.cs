using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpsConsole.Tests.Canaries;

public enum TargetFault
{
    None,
    WrongBody,
    WrongStatus,
    NoHttp,
    Refuses,
    HangsUpAtOnce,
    ResetsAtOnce,
    DiesMidAnswer,
    NeverAnswers,
    StallsMidAnswer,
    Drips,
    Slow,
}

/// <summary>A target on loopback, on bare sockets, that does exactly what it is told to, whatever it is asked. Its right answer is 200 with the body <c>ready</c>.</summary>
public sealed class FaultyTarget : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly TimeSpan _slow;

    public FaultyTarget(TargetFault fault, TimeSpan slow)
    {
        (Fault, _slow) = (fault, slow);
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}");
        if (fault == TargetFault.Refuses)
        {
            _listener.Stop();
        }
        else
        {
            _ = AcceptAsync();
        }
    }

    /// <summary>May be changed while it runs.</summary>
    public TargetFault Fault { get; set; }

    public Uri Address { get; }

    public int Asked { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_ended.IsCancellationRequested)
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync(_ended.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            using (socket)
            {
                socket.NoDelay = true;
                await AnswerAsync(socket, _ended.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Whoever asked has gone.
        }
    }

    private async Task AnswerAsync(Socket socket, CancellationToken cancel)
    {
        var fault = Fault;
        if (fault == TargetFault.HangsUpAtOnce)
        {
            return;
        }

        if (fault == TargetFault.ResetsAtOnce)
        {
            socket.LingerState = new LingerOption(enable: true, 0);
            return;
        }

        var asked = new byte[4_096];
        if (await socket.ReceiveAsync(asked, cancel) == 0)
        {
            return;
        }

        Asked++;
        var head = $"HTTP/1.1 {(fault == TargetFault.WrongStatus ? "503 Service Unavailable" : "200 OK")}\r\nContent-Length: 5\r\nConnection: close\r\n\r\n";
        switch (fault)
        {
            case TargetFault.NoHttp:
                await SendAsync("mumble mumble\r\n\r\n");
                break;
            case TargetFault.NeverAnswers:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
                break;
            case TargetFault.DiesMidAnswer:
                await SendAsync(head + "re");
                break;
            case TargetFault.StallsMidAnswer:
                await SendAsync(head + "re");
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
                break;
            case TargetFault.Drips:
                await SendAsync(head);
                foreach (var letter in "ready")
                {
                    await Task.Delay(_slow, TimeProvider.System, cancel);
                    await SendAsync(letter.ToString());
                }

                break;
            case TargetFault.Slow:
                await Task.Delay(_slow, TimeProvider.System, cancel);
                await SendAsync(head + "ready");
                break;
            default:
                await SendAsync(head + (fault == TargetFault.WrongBody ? "wrong" : "ready"));
                break;
        }

        async Task SendAsync(string text) => await socket.SendAsync(Encoding.ASCII.GetBytes(text), cancel);
    }
}
