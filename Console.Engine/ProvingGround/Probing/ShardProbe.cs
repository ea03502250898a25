using OpsConsole.Engine.ProvingGround.Checksums;
using OpsConsole.Engine.ProvingGround.Health;
using OpsConsole.Engine.ProvingGround.Measures;
using OpsConsole.Engine.ProvingGround.Storage;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Engine.ProvingGround.Probing;

/// <summary>
/// Has each storage host that is being judged keep a small shard and give it back, over and over. Readers need five of nine shards and never miss the one that a host acknowledged and lost; this does.
/// No object names these shards, so the host's own collector removes them after a while.
/// </summary>
internal sealed class ShardProbe(GroundSupervisor supervisor, GroundObservations seen, HttpClient inside, Func<string, double?> perSecond, TimeProvider clock)
{
    private const int Bytes = 100;
    private const int Group = 0;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);

    public async Task RunAsync(string host, int seed, CancellationToken cancel)
    {
        var random = new Random(seed);
        var (answers, shards) = (new SecondTally(new HostMeter(host, clock, kept: 10), seen.Probes), new SecondTally(new HostMeter(host, clock, kept: 10), seen.Shards));
        while (true)
        {
            var due = clock.GetTimestamp();
            var pace = supervisor.IsBeingChanged(host) ? null : perSecond(host);
            if (pace is not null)
            {
                await OneAsync(host, random, answers.Meter, shards.Meter, cancel).ConfigureAwait(false);
            }

            answers.HandIn();
            shards.HandIn();
            var left = (pace is { } wanted ? TimeSpan.FromSeconds(1 / wanted) : Idle) - clock.GetElapsedTime(due);
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, cancel).ConfigureAwait(false);
        }
    }

    private async Task OneAsync(string host, Random random, HostMeter answers, HostMeter shards, CancellationToken cancel)
    {
        var bytes = new byte[Bytes];
        random.NextBytes(bytes);
        var name = new ShardName(Guid.NewGuid(), random.Next(9));
        var shard = new Shard(name, Group, Crc32.Castagnoli(bytes), bytes);
        var http = new HttpShardHost(host, supervisor.Plan[host].Address, inside, clock);
        var began = clock.GetTimestamp();
        try
        {
            var kept = await http.PutAsync(shard, cancel).ConfigureAwait(false);
            var back = kept == ShardPut.Kept ? await http.GetAsync(name, cancel).ConfigureAwait(false) : null;
            answers.Count(back is null ? 500 : 200, clock.GetElapsedTime(began));
            if (back is null)
            {
                Failed(host, $"a shard sent to {host} was not kept: {kept}");
                return;
            }

            var right = back.Shard is { } read && read.Bytes.Span.SequenceEqual(bytes);
            shards.Count(right ? 200 : 500, TimeSpan.Zero);
            if (!right)
            {
                seen.ShardFailures.Add(host, Now, "shards", $"{host} acknowledged shard {name}, and asked for it says {back.State}");
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            // A host that was given to a visit in the meantime says nothing by its silence.
            if (!supervisor.IsBeingChanged(host))
            {
                answers.Count(0, clock.GetElapsedTime(began));
                Failed(host, $"{host} gave no answer to the put of a shard, or to the get after it: {e.Message}");
            }
        }
    }

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    private void Failed(string host, string words) => seen.ProbeFailures.Add(host, Now, "shard", words);
}
