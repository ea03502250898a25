using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.ProvingGround.Probing;
using OpsConsole.Engine.ProvingGround.Supervision;
using OpsConsole.Engine.Rollouts;

namespace OpsConsole.Engine.ProvingGround.Health;

/// <summary>How the ground's hosts fare, from three sides: what the router saw of customers, what the hosts' processes show, what our own probe got.</summary>
public sealed class GroundHealth(GroundSupervisor supervisor, GroundObservations seen, GroundProbe probe) : IHealthSource
{
    private const double MiB = 1024 * 1024;

    /// <summary>Growth over fewer requests than this says nothing.</summary>
    private const long LeastRequests = 100;

    /// <summary>
    /// Windows are read this much later than they are asked for: a second is whole only when it is over and the router's report of it is in. Windows that
    /// follow one another then hold each second once.
    /// </summary>
    public static readonly TimeSpan Lag = TimeSpan.FromSeconds(3);

    /// <summary>
    /// A process that has just started answers more slowly for some seconds, whatever its release: connections are opened, code is compiled, caches are empty. How long
    /// answers take and how memory grows is judged once a host has been back for this long; what the answers are is judged from the first one.
    /// </summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(8);

    public HostDriver Kind => HostDriver.ProvingGround;

    public ValueTask<ImmutableArray<Reading>> ReadAsync(HealthQuery query, CancellationToken cancel)
    {
        probe.Judged(query.Candidates, query.Baseline);
        var window = Window.Of(query.From - Lag, query.To - Lag);
        var settled = query with { ChangedAt = query.ChangedAt.ToImmutableDictionary(host => host.Key, host => host.Value + Settling) };
        var customers = Compare.Of(seen.Router, OfCustomers(query), window);
        var customersSettled = Compare.Of(seen.Router, OfCustomers(settled), window);
        var checks = Compare.Of(seen.Checks, query, window);
        var probes = Compare.Of(seen.Probes, query, window);
        var probesSettled = Compare.Of(seen.Probes, settled, window);
        var answers = Compare.Of(seen.Answers, query, window);
        var shards = Compare.Of(seen.Shards, query, window);
        return ValueTask.FromResult<ImmutableArray<Reading>>(
        [
            customers.Read(Metrics.ErrorRate, "router", traffic => traffic.ErrorRate, worst => Errors(worst)) with { Failure = seen.RouterFailure },
            customersSettled.Read(Metrics.LatencyP99, "router", traffic => traffic.P99Ms, worst => $"{worst.Sum.P99Ms:F0} ms on {worst.Host}, as the router saw it") with { Failure = seen.RouterFailure },
            checks.Read(Metrics.Availability, "host", traffic => 1 - traffic.ErrorRate, worst => $"{worst.Host} left {worst.Sum.None} of {worst.Sum.All} health checks unanswered and told of trouble in {worst.Sum.Failed}", lowIsBad: true),
            Memory(settled, window),
            probes.Read(Metrics.ProbeSuccess, "probe", traffic => 1 - traffic.ErrorRate, worst => seen.ProbeFailures.Worst(worst.Host, window.Since(query, worst.Host)), lowIsBad: true),
            answers.Read(Metrics.ProbeWrong, "probe", traffic => traffic.ErrorRate, worst => seen.WrongAnswers.Worst(worst.Host, window.Since(query, worst.Host))),
            shards.Read(Metrics.ShardsWrong, "probe", traffic => traffic.ErrorRate, worst => seen.ShardFailures.Worst(worst.Host, window.Since(query, worst.Host))),
            probesSettled.Read(Metrics.ProbeLatencyP99, "probe", traffic => traffic.P99Ms, worst => $"{worst.Sum.P99Ms:F0} ms on {worst.Host}, as the probe saw it"),
        ]);
    }

    /// <summary>Customers reach web hosts alone: a host behind them is judged by what all customers got of all web hosts, with nothing to compare it with.</summary>
    private HealthQuery OfCustomers(HealthQuery query) =>
        supervisor.Plan is var plan && query.Candidates.Any(host => plan.Has(host) && plan[host].Role == GroundRole.Web)
            ? query
            : query with { Candidates = [.. plan.Of(GroundRole.Web).Where(host => !host.Validator).Select(host => host.Id)], Baseline = [], ChangedAt = ImmutableDictionary<string, DateTimeOffset>.Empty };

    private static string? Errors(HostTraffic worst) =>
        worst.Sum.Failed + worst.Sum.None == 0 ? null : $"{worst.Host} answered {worst.Sum.Failed} of {worst.Sum.All} customers' requests with 5xx and {worst.Sum.None} not at all";

    private Reading Memory(HealthQuery query, Window window)
    {
        var candidates = query.Candidates.Select(host => (Host: host, Growth: seen.Memory.Growth(host, window.Since(query, host)))).Where(one => one.Growth.Requests >= LeastRequests).ToArray();
        var baseline = query.Baseline.Select(host => seen.Memory.Growth(host, window)).Where(growth => growth.Requests >= LeastRequests).ToArray();
        var requests = candidates.Sum(one => one.Growth.Requests);
        var before = baseline.Sum(one => one.Requests);
        if (requests == 0)
        {
            return new Reading(Metrics.MemoryGrowth, "host", null, 0) { BaselineSamples = before };
        }

        var worst = candidates.MaxBy(one => one.Growth.Bytes / one.Growth.Requests);
        return new Reading(Metrics.MemoryGrowth, "host", PerThousand(candidates.Sum(one => one.Growth.Bytes), requests), requests)
        {
            Baseline = before == 0 ? null : PerThousand(baseline.Sum(one => one.Bytes), before),
            BaselineSamples = before,
            Host = worst.Host,
            Detail = $"{worst.Host} grew by {worst.Growth.Bytes / MiB:F0} MiB while it served {worst.Growth.Requests} requests",
        };
    }

    private static double PerThousand(double bytes, long requests) => Math.Max(0, bytes / MiB / requests * 1_000);
}
