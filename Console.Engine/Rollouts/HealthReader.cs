using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Alarms.Gates;

namespace OpsConsole.Engine.Rollouts;

/// <summary>Asks the source of the hosts' kind. No source, or one that throws, gives no data or an error: never good data.</summary>
public sealed class HealthReader(IEnumerable<IHealthSource> sources, IEnumerable<IGateReader> outside)
{
    private readonly ImmutableDictionary<HostDriver, IHealthSource> _sources = sources.ToImmutableDictionary(source => source.Kind);

    public async ValueTask<HealthWindow> ReadAsync(string region, string service, DueWindow due, CancellationToken cancel)
    {
        var readings = await AllAsync(region, service, due, due.From, series: false, cancel).ConfigureAwait(false);
        var window = new HealthWindow(due.From, due.To, [.. readings, .. due.Outside.Select(gate => Outside(gate, due))]);
        return due.BakeFrom is { } began ? window with { Whole = new(began, due.To, await AllAsync(region, service, due, began, due.Series, cancel).ConfigureAwait(false)) } : window;
    }

    private Reading Outside(Gate gate, DueWindow due)
    {
        try
        {
            return outside.FirstOrDefault(reader => reader.Reads(gate))?.Read(gate, due.Place!, due.From, due.To, due.ChangedAt.Count == 0 ? null : due.ChangedAt.Values.Max()) ?? new Reading(gate.Reads, "nobody", null, 0) { Detail = "nobody here reads such gates" };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new Reading(gate.Reads, "unknown", null, 0) { Failure = e.Message };
        }
    }

    /// <summary>The pipeline's own service, and after it the others that gates judge, by their names. A service without hosts here gives no data.</summary>
    private async ValueTask<ImmutableArray<Reading>> AllAsync(string region, string service, DueWindow due, DateTimeOffset from, bool series, CancellationToken cancel)
    {
        var readings = await ReadAsync(region, service, due, from, series, cancel).ConfigureAwait(false);
        foreach (var (name, hosts) in due.Others.Where(other => !other.Hosts.IsEmpty))
        {
            var others = await ReadAsync(region, name, new DueWindow(hosts, [], due.From, due.To, due.BakeFrom), from, series: false, cancel).ConfigureAwait(false);
            readings = readings.AddRange(others.Select(reading => reading with { Metric = Gate.NameOf(name, reading.Metric) }));
        }

        return readings;
    }

    private async ValueTask<ImmutableArray<Reading>> ReadAsync(string region, string service, DueWindow due, DateTimeOffset from, bool series, CancellationToken cancel)
    {
        if (!_sources.TryGetValue(due.Candidates[0].Driver, out var source))
        {
            return [];
        }

        try
        {
            var query = new HealthQuery(region, service, [.. due.Candidates.Select(host => host.Id)], [.. due.Baseline.Select(host => host.Id)], from, due.To) { ChangedAt = due.ChangedAt, Series = series, CandidateHosts = due.Candidates, BaselineHosts = due.Baseline };
            return await source.ReadAsync(query, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return [.. KnownMetrics.Select(metric => new Reading(metric, "unknown", null, 0) { Failure = e.Message })];
        }
    }

    private static IEnumerable<string> KnownMetrics => [Metrics.ErrorRate, Metrics.LatencyP99, Metrics.Availability, Metrics.ProbeSuccess, Metrics.ProbeWrong, Metrics.ShardsWrong, Metrics.ProbeLatencyP99, Metrics.MemoryGrowth];
}
