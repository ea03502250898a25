using OpsConsole.Engine.ProvingGround.Health;
using OpsConsole.Engine.ProvingGround.Index.Client;
using OpsConsole.Engine.ProvingGround.Measures;
using OpsConsole.Engine.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Storage;
using OpsConsole.Engine.ProvingGround.Store;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Engine.ProvingGround.Probing;

/// <summary>
/// Has each host that is being judged store small objects, over and over under the same few keys, and looks at every shard of them: what spoils one shard in a
/// thousand is found by looking at thousands.
/// </summary>
internal sealed class ShardWatch(GroundSupervisor supervisor, GroundObservations seen, SignedClient client, HttpClient inside, Func<string, int> judged, TimeProvider clock) : IDisposable
{
    private const int Lanes = 2;
    private const int Keys = 8;
    private const int Bytes = 100;

    /// <summary>Each object costs nine puts and nine gets of shards. All judged hosts share this pace, so that being looked at does not itself make a host slow.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);

    private readonly IndexClient _index = new(() => supervisor.Plan.Of(GroundRole.Index).ToDictionary(host => host.Id, host => host.Address), inside, clock);

    public void Dispose() => _index.Dispose();

    public async Task RunAsync(string host, int seed, CancellationToken cancel)
    {
        var audit = new ShardAudit(_index, name => supervisor.Plan.Has(name) ? new HttpShardHost(name, supervisor.Plan[name].Address, inside, clock) : null);
        var tally = new SecondTally(new HostMeter(host, clock, kept: 10), seen.Shards);
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => LaneAsync(host, lane, new Random(seed + lane), audit, tally.Meter, cancel)).Append(HandInAsync(tally, cancel))).ConfigureAwait(false);
    }

    private async Task LaneAsync(string host, int lane, Random random, ShardAudit audit, HostMeter meter, CancellationToken cancel)
    {
        var body = new byte[Bytes];
        for (var number = 0; ; number++)
        {
            var due = clock.GetTimestamp();
            if (judged(host) is > 0 and var together && !supervisor.IsBeingChanged(host))
            {
                random.NextBytes(body);
                await OneAsync(host, $"{host}/shards-{lane}-{number % Keys}", body, audit, meter, cancel).ConfigureAwait(false);
                await WaitAsync((Between * together) - clock.GetElapsedTime(due), cancel).ConfigureAwait(false);
            }
            else
            {
                await WaitAsync(Idle, cancel).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A host that does not answer is the matter of other gates.</summary>
    private async Task OneAsync(string host, string key, byte[] body, ShardAudit audit, HostMeter meter, CancellationToken cancel)
    {
        try
        {
            if ((await client.SendAsync(supervisor.Plan[host].Address, "PUT", $"/{ProbeScript.Bucket}/{key}", cancel, body).ConfigureAwait(false)).Status != 200)
            {
                return;
            }

            var (looked, wrong, words) = await audit.LookAsync(ProbeScript.Bucket, key, cancel).ConfigureAwait(false);
            for (var shard = 0; shard < looked; shard++)
            {
                meter.Count(shard < wrong ? 500 : 200, TimeSpan.Zero);
            }

            if (words is not null)
            {
                seen.ShardFailures.Add(host, clock.GetUtcNow().ToUnixTimeSeconds(), "shards", $"/{ProbeScript.Bucket}/{key}, stored by {host}: {words}");
            }
        }
        catch (Exception e) when (e is HttpRequestException or StoreUnavailableException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            // Nothing was learnt.
        }
    }

    private async Task HandInAsync(SecondTally tally, CancellationToken cancel)
    {
        while (true)
        {
            await WaitAsync(Idle, cancel).ConfigureAwait(false);
            tally.HandIn();
        }
    }

    private Task WaitAsync(TimeSpan time, CancellationToken cancel) => Task.Delay(time > TimeSpan.Zero ? time : TimeSpan.Zero, clock, cancel);
}
