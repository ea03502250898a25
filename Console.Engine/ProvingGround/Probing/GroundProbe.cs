using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using OpsConsole.Engine.ProvingGround.Health;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Measures;
using OpsConsole.Engine.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Engine.ProvingGround.Probing;

/// <summary>
/// A customer of our own: asks each web host directly, past the router, and knows what must come, and of storage hosts that are being judged it asks shards. It is the console's eye, so it lives in the console:
/// while the console is away there is no probe data, and no data is what it then says. Hosts that are being judged are asked more often.
/// </summary>
public sealed class GroundProbe(GroundOptions options, GroundFolder folder, GroundSupervisor supervisor, GroundObservations seen, GroundFeed feed, TimeProvider clock) : BackgroundService
{
    /// <summary>A percentile of a short bake needs many answers, and one host must give them all. More of them give as many together, and their ground stands no more.</summary>
    private const double OneCandidatePerSecond = 20;
    private const double JudgedPerSecond = 10;
    private const double UsualPerSecond = 2;

    private static readonly TimeSpan JudgedFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _judged = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _candidates = new();

    /// <summary>Somebody judges the candidates beside the others: ask all of them more often for a while, and look at what the candidates store.</summary>
    public void Judged(IEnumerable<string> candidates, IEnumerable<string> others)
    {
        var until = clock.GetUtcNow() + JudgedFor;
        foreach (var host in candidates)
        {
            _judged[host] = _candidates[host] = until;
        }

        foreach (var host in others)
        {
            _judged[host] = until;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (!options.Probe)
        {
            return;
        }

        await supervisor.Ready.WaitAsync(stoppingToken).ConfigureAwait(false);
        using var http = GroundHttp.Make(limit: Limit);
        var client = new SignedClient(http, folder.Accounts().Probe, supervisor.Plan.Region, clock);
        using var inside = GroundHttp.Make(folder.Secret(), Limit);
        var storage = new ShardProbe(supervisor, seen, inside, host => PaceOf(host) is var pace and > UsualPerSecond ? pace : null, clock);
        using var shards = new ShardWatch(supervisor, seen, client, inside, JudgedWith, clock);
        await Task.WhenAll(supervisor.Plan.Of(GroundRole.Web).SelectMany((host, index) => new[]
        {
            WatchAsync(host.Id, options.Seed + index, client, stoppingToken),
            shards.RunAsync(host.Id, options.Seed + (100 * index), stoppingToken),
        }).Concat(supervisor.Plan.Of(GroundRole.Storage).Select((host, index) => storage.RunAsync(host.Id, options.Seed + 1_000 + index, stoppingToken)))).ConfigureAwait(false);
    }

    private async Task WatchAsync(string host, int seed, SignedClient client, CancellationToken cancel)
    {
        var all = new SecondTally(new HostMeter(host, clock, kept: 10), seen.Probes, feed.Probe);
        var answered = new SecondTally(new HostMeter(host, clock, kept: 10), seen.Answers);
        var script = new ProbeScript(host, seed, () => Neighbour(host));
        for (var round = 0; ; round++)
        {
            foreach (var request in script.Round(round))
            {
                await Task.Delay(TimeSpan.FromSeconds(1 / PaceOf(host)), clock, cancel).ConfigureAwait(false);
                var outcome = await AskAsync(host, request, client, all.Meter, answered.Meter, cancel).ConfigureAwait(false);
                all.HandIn();
                answered.HandIn();

                // What follows builds upon what was written, and upon all of it having been asked in a row.
                if (outcome == Outcome.NotAsked || (outcome == Outcome.Wrong && request.Method is "PUT" or "DELETE"))
                {
                    break;
                }
            }
        }
    }

    /// <summary>Requests a second.</summary>
    private double PaceOf(string host)
    {
        var now = clock.GetUtcNow();
        return JudgedWith(host) == 1 ? OneCandidatePerSecond : _judged.GetValueOrDefault(host) > now ? JudgedPerSecond : UsualPerSecond;
    }

    /// <summary>How many hosts are judged now, where this one is among them; else 0.</summary>
    private int JudgedWith(string host)
    {
        var now = clock.GetUtcNow();
        return _candidates.GetValueOrDefault(host) > now ? _candidates.Values.Count(until => until > now) : 0;
    }

    /// <summary>Another web host that answers and is in nobody's hands; null where there is none.</summary>
    private string? Neighbour(string host) =>
        supervisor.Plan.Of(GroundRole.Web).Select(other => other.Id).FirstOrDefault(other => other != host && supervisor.RunningOf(other) is not null && !supervisor.IsHeldOut(other) && _candidates.GetValueOrDefault(other) < clock.GetUtcNow());

    /// <summary>A host whose process the console itself has ended for a visit is not asked.</summary>
    private async Task<Outcome> AskAsync(string host, ProbeRequest request, SignedClient client, HostMeter all, HostMeter answered, CancellationToken cancel)
    {
        if (supervisor.IsBeingChanged(host))
        {
            return Outcome.NotAsked;
        }

        var began = clock.GetTimestamp();
        string? wrong;
        var status = 0;
        try
        {
            var answer = await client.SendAsync(supervisor.Plan[request.At ?? host].Address, request.Method, request.Path, cancel, request.Body, request.Headers, request.Query).ConfigureAwait(false);
            if (answer.ErrorCode == "NoSuchBucket" && ProbeScript.IsInBucket(request.Path))
            {
                await client.SendAsync(supervisor.Plan[host].Address, "PUT", $"/{ProbeScript.Bucket}", cancel, []).ConfigureAwait(false);
                return Outcome.NotAsked;
            }

            (wrong, status) = (request.Wrong(answer), answer.Status);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            wrong = $"expected an answer, got none: {e.Message}";
        }

        // What a neighbour is asked only prepares: nothing is said of it here, it is watched for itself. Nor is a host that was given to a visit in the meantime.
        if (request.At is not null || (wrong is not null && supervisor.IsBeingChanged(host)))
        {
            return wrong is null ? Outcome.Right : Outcome.NotAsked;
        }

        all.Count(wrong is null ? 200 : status == 0 ? 0 : 500, clock.GetElapsedTime(began));
        if (status is > 0 and < 500)
        {
            answered.Count(wrong is null ? 200 : 500, clock.GetElapsedTime(began));
        }

        if (wrong is not null)
        {
            var words = $"{request.Expectation}{request.About} of {request.Path} on {host}: {wrong}";
            var second = clock.GetUtcNow().ToUnixTimeSeconds();
            seen.ProbeFailures.Add(host, second, request.Expectation, words);
            if (status is > 0 and < 500)
            {
                seen.WrongAnswers.Add(host, second, request.Expectation, words);
            }
        }

        return wrong is null ? Outcome.Right : Outcome.Wrong;
    }

    private enum Outcome
    {
        Right,
        Wrong,

        /// <summary>Nothing is known.</summary>
        NotAsked,
    }
}
