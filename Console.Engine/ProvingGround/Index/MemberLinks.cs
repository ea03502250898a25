using System.Threading.Channels;
using OpsConsole.Domain.ProvingGround.Consensus;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Index.Wire;

namespace OpsConsole.Engine.ProvingGround.Index;

/// <summary>Carries messages to the other members over HTTP, in order, many in one request. What cannot be delivered is dropped: the members bear that.</summary>
internal sealed class MemberLinks : IMemberLinks, IAsyncDisposable
{
    private const int MostWaiting = 256;
    private const int RequestBytes = 4 << 20;

    private readonly Dictionary<string, Channel<RaftMessage>> _links;
    private readonly CancellationTokenSource _ending = new();
    private readonly HttpClient _http;
    private readonly Task[] _senders;

    /// <param name="address">Where a member listens now.</param>
    public MemberLinks(IEnumerable<string> others, Func<string, Uri> address, string secret)
    {
        _http = GroundHttp.Make(secret, TimeSpan.FromSeconds(1));
        _links = others.ToDictionary(id => id, _ => Channel.CreateBounded<RaftMessage>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }));
        _senders = [.. _links.Select(link => Task.Run(() => SendAsync(() => address(link.Key), link.Value.Reader)))];
    }

    public void Carry(string to, RaftMessage message) => _links[to].Writer.TryWrite(message);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_senders).ConfigureAwait(false);
        _http.Dispose();
        _ending.Dispose();
    }

    private async Task SendAsync(Func<Uri> address, ChannelReader<RaftMessage> messages)
    {
        try
        {
            while (await messages.WaitToReadAsync(_ending.Token).ConfigureAwait(false))
            {
                var body = new WireWriter();
                while (body.Length < RequestBytes && messages.TryRead(out var message))
                {
                    RaftWire.Write(body, message);
                }

                await PostAsync(address, body).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The host is ending.
        }
    }

    private async Task PostAsync(Func<Uri> address, WireWriter body)
    {
        try
        {
            using var content = new ReadOnlyMemoryContent(body.Written);
            using var answer = await _http.PostAsync(new Uri(address(), GroundSecret.ControlPrefix + "raft"), content, _ending.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !_ending.IsCancellationRequested))
        {
            // As if the network had lost it.
        }
    }
}
