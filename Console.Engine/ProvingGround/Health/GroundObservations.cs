using Microsoft.Extensions.Hosting;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Measures;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Engine.ProvingGround.Health;

/// <summary>
/// Looks at the ground once a second, ahead of anyone who asks: the router's counts, each host's health check, its memory as the operating system tells it.
/// </summary>
public sealed class GroundObservations(GroundSupervisor supervisor, GroundClient client, GroundFeed feed, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(5);

    private DateTimeOffset _routerReadAt = clock.GetUtcNow();

    internal TrafficRing Router { get; } = new();

    /// <summary>Health checks, as if they were requests.</summary>
    internal TrafficRing Checks { get; } = new();

    internal TrafficRing Probes { get; } = new();

    /// <summary>The probe's requests that were answered below 500: those answered with something wrong count as failed.</summary>
    internal TrafficRing Answers { get; } = new();

    /// <summary>Shards of what the probe had stored, as if they were requests.</summary>
    internal TrafficRing Shards { get; } = new();

    internal MemoryRing Memory { get; } = new();

    internal FailureWords ProbeFailures { get; } = new();

    internal FailureWords WrongAnswers { get; } = new();

    internal FailureWords ShardFailures { get; } = new();

    /// <summary>Why what the router saw is not known, in words; null where it is.</summary>
    public string? RouterFailure => clock.GetUtcNow() - _routerReadAt > StaleAfter ? $"the router's report could not be read since {_routerReadAt:HH:mm:ss}" : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Round, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            await Task.WhenAll(supervisor.Plan.Hosts.Where(host => host.Role is GroundRole.Web or GroundRole.Storage or GroundRole.Index).Select(host => CheckAsync(host, stoppingToken)).Append(ReadRouterAsync(stoppingToken))).ConfigureAwait(false);
        }
    }

    private async Task ReadRouterAsync(CancellationToken cancel)
    {
        if (await client.RouterAsync(supervisor.Plan.Router, Router.Newest, cancel).ConfigureAwait(false) is { } report)
        {
            var seconds = report.Seconds.OrderBy(second => second.Second).ToArray();
            Router.Add(seconds);
            Array.ForEach(seconds, feed.Customers);
            _routerReadAt = clock.GetUtcNow();
        }
    }

    private async Task CheckAsync(GroundHost host, CancellationToken cancel)
    {
        if (!supervisor.Ready.IsCompleted && supervisor.RunningOf(host.Id) is null)
        {
            return;
        }

        var began = clock.GetUtcNow();
        var health = await client.HealthAsync(host, deep: host.Role == GroundRole.Index, cancel).ConfigureAwait(false);
        var second = began.ToUnixTimeSeconds();
        Checks.Add([new TrafficSecond(second, host.Id, health is { Trouble: null } ? 1 : 0, health is { Trouble: not null } ? 1 : 0, health is null ? 1 : 0, [])]);
        if (host.Role == GroundRole.Web)
        {
            feed.Check(host.Id, health is not null, began);
        }

        if (health is not null && ProcessTable.ResidentBytes(health.Pid) is { } bytes)
        {
            Memory.Add(host.Id, new MemorySample(second, health.Pid, bytes, health.Requests));
        }
    }
}
