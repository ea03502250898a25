using System.Threading.Channels;
using OpsConsole.Engine.ProvingGround.Blobs;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Storage;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Repair;

/// <summary>Carries a web host's reports to the storage hosts that repair: to the first of the group that takes it.</summary>
internal sealed class HttpReports : IShardReports, IAsyncDisposable
{
    private const int MostWaiting = 1_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly Channel<(ShardName Name, int Group)> _waiting = Channel.CreateBounded<(ShardName, int)>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly CancellationTokenSource _ending = new();
    private readonly IIndex _index;
    private readonly Func<string, Uri?> _address;
    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly Task _sender;

    /// <param name="address">Of a storage host by its name; null where it is in no plan.</param>
    public HttpReports(IIndex index, Func<string, Uri?> address, HttpClient http, TimeProvider clock)
    {
        (_index, _address, _http, _clock) = (index, address, http, clock);
        _sender = SendAsync();
    }

    public void Report(ShardName name, int group) => _waiting.Writer.TryWrite((name, group));

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _sender.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task SendAsync()
    {
        var cache = new PlacementCache(_index, _clock);
        await foreach (var (name, group) in _waiting.Reader.ReadAllAsync(_ending.Token).ConfigureAwait(false))
        {
            try
            {
                var map = await cache.GetAsync(_ending.Token).ConfigureAwait(false);
                foreach (var host in map.Groups[group].Hosts)
                {
                    if (await TakenAsync(host, name, group).ConfigureAwait(false))
                    {
                        break;
                    }
                }
            }
            catch (StoreUnavailableException)
            {
                // Scrub and inventory find it too.
            }
        }
    }

    private async Task<bool> TakenAsync(string host, ShardName name, int group)
    {
        if (_address(host) is not { } address)
        {
            return false;
        }

        using var limit = new CancellationTokenSource(Limit, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _ending.Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, GroundSecret.ControlPrefix + "report")) { Content = new ByteArrayContent(ShardWire.PackReport(name, group)) };
        try
        {
            using var answer = await _http.SendAsync(request, both.Token).ConfigureAwait(false);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !_ending.IsCancellationRequested))
        {
            return false;
        }
    }
}
