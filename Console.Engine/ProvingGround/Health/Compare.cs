using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Alarms.Judge;
using OpsConsole.Engine.Rollouts;

namespace OpsConsole.Engine.ProvingGround.Health;

internal sealed record HostTraffic(string Host, Traffic Sum);

/// <summary>The candidates' traffic, each and all, beside the baseline's, in one window.</summary>
internal sealed record Compare(ImmutableArray<HostTraffic> Candidates, Traffic All, Traffic Baseline)
{
    /// <summary>Each candidate's traffic, slice by slice; empty where nobody asked for it.</summary>
    public ImmutableArray<Traffic> Slices { get; private init; } = [];

    public ImmutableArray<Traffic> BaselineSlices { get; private init; } = [];

    public static Compare Of(TrafficRing ring, HealthQuery query, Window window)
    {
        ImmutableArray<HostTraffic> candidates = [.. query.Candidates.Select(host => new HostTraffic(host, ring.Sum(host, window.Since(query, host))))];
        return new(
            candidates,
            candidates.Aggregate(new Traffic(), (sum, one) => sum.Plus(one.Sum)),
            query.Baseline.Aggregate(new Traffic(), (sum, host) => sum.Plus(ring.Sum(host, window))))
        {
            Slices = Cut(query.Candidates, host => window.Since(query, host)),
            BaselineSlices = Cut(query.Baseline, _ => window),
        };

        ImmutableArray<Traffic> Cut(ImmutableArray<string> hosts, Func<string, Window> seen) =>
            query.Series ? [.. hosts.Take(SeriesSlices.MostHosts).SelectMany(host => ring.Slices(host, seen(host)))] : [];
    }

    public Reading Read(string metric, string source, Func<Traffic, double?> value, Func<HostTraffic, string?> words, bool lowIsBad = false)
    {
        var reading = new Reading(metric, source, value(All), All.All)
        {
            Baseline = value(Baseline),
            BaselineSamples = Baseline.All,
            Series = [.. Slices.Select(slice => value(slice) ?? double.NaN)],
            BaselineSeries = [.. BaselineSlices.Select(slice => value(slice) ?? double.NaN)],
        };
        if (All.All == 0)
        {
            return reading with { Value = null };
        }

        var worst = Candidates.Where(host => host.Sum.All > 0).MaxBy(host => (lowIsBad ? -1 : 1) * value(host.Sum))!;
        return reading with { Host = worst.Host, Detail = words(worst) };
    }
}
