using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using OpsConsole.Engine.ProvingGround.Health;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Measures;
using OpsConsole.Engine.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Engine.ProvingGround.Probing;

/// <summary>
/// A customer of our own: asks each web host directly, past the router, and knows what must come. It is the console's eye, so it lives in the console:
/// while the console is away there is no probe data, and no data is what it then says. Hosts that are being judged are asked more often.
/// </summary>
public sealed class GroundProbe(GroundOptions options, GroundFolder folder, GroundSupervisor supervisor, GroundObservations seen, TimeProvider clock) : BackgroundService
{
    private const double JudgedPerSecond = 10;
    private const double UsualPerSecond = 2;

    private static readonly TimeSpan JudgedFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _judged = new();

    /// <summary>Somebody judges these hosts: ask them more often for a while.</summary>
    public void Judged(IEnumerable<string> hosts)
    {
        var until = clock.GetUtcNow() + JudgedFor;
        foreach (var host in hosts)
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
        await Task.WhenAll(supervisor.Plan.Of(GroundRole.Web).Select((host, index) => WatchAsync(host.Id, options.Seed + index, client, stoppingToken))).ConfigureAwait(false);
    }

    private async Task WatchAsync(string host, int seed, SignedClient client, CancellationToken cancel)
    {
        var meter = new HostMeter(host, clock, kept: 10);
        var script = new ProbeScript(host, seed);
        var newest = 0L;
        for (var round = 0; ; round++)
        {
            foreach (var request in script.Round(round))
            {
                await Task.Delay(TimeSpan.FromSeconds(1 / (_judged.GetValueOrDefault(host) > clock.GetUtcNow() ? JudgedPerSecond : UsualPerSecond)), clock, cancel).ConfigureAwait(false);
                var acknowledged = await AskAsync(host, request, client, meter, cancel).ConfigureAwait(false);
                var done = meter.After(newest);
                newest = done.Count > 0 ? done[^1].Second : newest;
                seen.Probes.Add(done);
                if (!acknowledged && request.Method == "PUT")
                {
                    break;
                }
            }
        }
    }

    /// <summary>False where the answer was not what it must be. A host whose process the console itself has ended for a visit is not asked.</summary>
    private async Task<bool> AskAsync(string host, ProbeRequest request, SignedClient client, HostMeter meter, CancellationToken cancel)
    {
        if (supervisor.IsBeingChanged(host))
        {
            return false;
        }

        var began = clock.GetTimestamp();
        string? wrong;
        var answered = true;
        try
        {
            var answer = await client.SendAsync(supervisor.Plan[host].Address, request.Method, request.Path, cancel, request.Body, request.Headers, request.Query).ConfigureAwait(false);
            if (answer.ErrorCode == "NoSuchBucket")
            {
                await client.SendAsync(supervisor.Plan[host].Address, "PUT", $"/{ProbeScript.Bucket}", cancel, []).ConfigureAwait(false);
                return false;
            }

            wrong = request.Wrong(answer);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            (wrong, answered) = ($"expected an answer, got none: {e.Message}", false);
        }

        meter.Count(wrong is null ? 200 : answered ? 500 : 0, clock.GetElapsedTime(began));
        if (wrong is not null)
        {
            seen.ProbeFailures.Add(host, clock.GetUtcNow().ToUnixTimeSeconds(), request.Expectation, $"{request.Expectation}{request.About} of {request.Path} on {host}: {wrong}");
        }

        return wrong is null;
    }
}
