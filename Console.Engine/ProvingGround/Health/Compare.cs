using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Engine.Rollouts;

namespace OpsConsole.Engine.ProvingGround.Health;

internal sealed record HostTraffic(string Host, Traffic Sum);

/// <summary>The candidates' traffic, each and all, beside the baseline's, in one window.</summary>
internal sealed record Compare(ImmutableArray<HostTraffic> Candidates, Traffic All, Traffic Baseline)
{
    public static Compare Of(TrafficRing ring, HealthQuery query, Window window)
    {
        ImmutableArray<HostTraffic> candidates = [.. query.Candidates.Select(host => new HostTraffic(host, ring.Sum(host, window.Since(query, host))))];
        return new(
            candidates,
            candidates.Aggregate(new Traffic(), (sum, one) => sum.Plus(one.Sum)),
            query.Baseline.Aggregate(new Traffic(), (sum, host) => sum.Plus(ring.Sum(host, window))));
    }

    public Reading Read(string metric, string source, Func<Traffic, double?> value, Func<HostTraffic, string?> words, bool lowIsBad = false)
    {
        if (All.All == 0)
        {
            return new Reading(metric, source, null, 0) { Baseline = value(Baseline), BaselineSamples = Baseline.All };
        }

        var worst = Candidates.Where(host => host.Sum.All > 0).MaxBy(host => (lowIsBad ? -1 : 1) * value(host.Sum))!;
        return new Reading(metric, source, value(All), All.All)
        {
            Baseline = value(Baseline),
            BaselineSamples = Baseline.All,
            Host = worst.Host,
            Detail = words(worst),
        };
    }
}
