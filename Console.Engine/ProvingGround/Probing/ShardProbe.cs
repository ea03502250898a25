using OpsConsole.Engine.ProvingGround.Health;
using OpsConsole.Engine.ProvingGround.Measures;
using OpsConsole.Engine.ProvingGround.Storage;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Engine.ProvingGround.Probing;

/// <summary>
/// Has each storage host that is being judged keep a small shard and give it back, over and over.
/// </summary>
internal sealed class ShardProbe(GroundSupervisor supervisor, GroundObservations seen, HttpClient inside, Func<string, double?> perSecond, TimeProvider clock)
{
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
        var shard = new ProbeShard(random);
        var http = new HttpShardHost(host, supervisor.Plan[host].Address, inside, clock);
        var began = clock.GetTimestamp();
        try
        {
            var kept = await shard.PutAsync(http, cancel).ConfigureAwait(false);
            var wrong = kept == ShardPut.Kept ? await shard.WrongAsync(http, cancel).ConfigureAwait(false) : null;
            answers.Count(kept == ShardPut.Kept ? 200 : 500, clock.GetElapsedTime(began));
            if (kept != ShardPut.Kept)
            {
                Failed(host, $"a shard sent to {host} was not kept: {kept}");
                return;
            }

            shards.Count(wrong is null ? 200 : 500, TimeSpan.Zero);
            if (wrong is not null)
            {
                seen.ShardFailures.Add(host, Now, "shards", wrong);
            }

            await ProbeShard.TakeAwayAsync(http, [shard], cancel).ConfigureAwait(false);
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
