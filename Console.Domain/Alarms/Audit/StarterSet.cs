using System.Collections.Immutable;
using System.Globalization;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Streams;

namespace OpsConsole.Domain.Alarms.Audit;

/// <summary>What a service is given to begin with.</summary>
/// <param name="LeftOut">Essential alarms nobody measures anything for.</param>
public sealed record StarterAlarms(ImmutableArray<AlarmDefinition> Alarms, ImmutableArray<string> LeftOut);

/// <summary>The essential alarms of one service in each of its zones, made from what is measured and nothing that is known of any fault.</summary>
public static class StarterSet
{
    public const string Tag = "starter";

    private const double LeastLatencyMs = 100;
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(10);

    /// <param name="zones">The service's; those of other services are passed over.</param>
    /// <param name="usual">What a stream usually shows, in its unit: the p99 of the last quarter of an hour; null where that is not known.</param>
    public static StarterAlarms For(string service, IEnumerable<AuditZone> zones, StreamLookup streams, Func<StreamSelector, double?> usual)
    {
        AuditZone[] own = [.. zones.Where(zone => zone.Service == service).OrderBy(zone => zone.Region, StringComparer.Ordinal).ThenBy(zone => zone.Az, StringComparer.Ordinal)];
        var alarms = own.SelectMany(zone => OfAz(zone, streams, usual)).Concat(own.DistinctBy(zone => zone.Region).SelectMany(zone => OfRegion(zone, streams)));
        return new([.. alarms], [.. Essentials.All.Where(essential => !essential.Metrics.Any(metric => streams.Measured(metric, service))).Select(essential => essential.Id)]);
    }

    private static IEnumerable<AlarmDefinition> OfAz(AuditZone zone, StreamLookup streams, Func<StreamSelector, double?> usual)
    {
        var scope = Scope.OfAz(zone.Az, zone.Region, zone.Partition);
        StreamSelector Of(string metric) => new(metric) { Service = zone.Service, Region = zone.Region, Az = zone.Az };
        AlarmDefinition Named(string essential, string description, MetricRule rule) => new($"{essential}-{zone.Az}", scope) { Service = zone.Service, Essential = essential, Description = description, Tags = [Tag, essential], Rule = rule };

        if (streams.Matching(Of(StreamNames.Errors)).Any() || streams.Matching(Of(StreamNames.Requests)).Any())
        {
            var period = Period(streams, Of(StreamNames.Requests));
            yield return Named("errors", "More than 2 % of customers' requests fail.", new(
                [new("e", Of(StreamNames.Errors), Statistic.Sum), new("r", Of(StreamNames.Requests), Statistic.Sum)], Comparison.GreaterThan, 0.02) { Expression = "fill(e, 0) / r", Period = period, Bad = 2, Of = 3 });
        }

        if (streams.Matching(Of(StreamNames.RequestMs)).Any())
        {
            var limit = Math.Max(LeastLatencyMs, 3 * (usual(Of(StreamNames.RequestMs)) ?? LeastLatencyMs));
            yield return Named("latency", string.Create(CultureInfo.InvariantCulture, $"The slowest hundredth of requests takes longer than {limit:0} ms, three times what was usual when this was made."), new(
                [new("m", Of(StreamNames.RequestMs), Statistic.Percentile(99))], Comparison.GreaterThan, Math.Round(limit)) { Period = Period(streams, Of(StreamNames.RequestMs)), Bad = 2, Of = 3, MinSamples = 20 });
        }

        if (streams.Matching(Of(StreamNames.Healthy)).Any())
        {
            yield return Named("availability", "Hosts do not answer their health checks.", new(
                [new("m", Of(StreamNames.Healthy), Statistic.Average)], Comparison.LessThan, 0.9) { Period = Period(streams, Of(StreamNames.Healthy)), Bad = 2, Of = 3, Missing = MissingTreatment.Breaching });
        }
    }

    private static IEnumerable<AlarmDefinition> OfRegion(AuditZone zone, StreamLookup streams)
    {
        var scope = Scope.OfRegion(zone.Region, zone.Partition);
        StreamSelector Of(string metric) => new(metric) { Service = zone.Service, Region = zone.Region };
        AlarmDefinition Named(string essential, string description, MetricRule rule) => new($"{essential}-{zone.Region}", scope) { Service = zone.Service, Essential = essential, Description = description, Tags = [Tag, essential], Rule = rule };

        if (streams.Matching(Of(StreamNames.Requests)).Any())
        {
            yield return Named("traffic", "Customers' requests no longer arrive: nothing before us lets them through, or nobody counts them.", new(
                [new("r", Of(StreamNames.Requests), Statistic.Sum)], Comparison.LessThan, 1) { Period = Slower(Period(streams, Of(StreamNames.Requests))), Bad = 2, Of = 2, Missing = MissingTreatment.Breaching });
        }

        if (streams.Matching(Of(StreamNames.ProbeRight)).Any())
        {
            yield return Named("canary", "The console's own customer does not get what it must.", new(
                [new("m", Of(StreamNames.ProbeRight), Statistic.Average)], Comparison.LessThan, 0.98) { Period = Period(streams, Of(StreamNames.ProbeRight)), Bad = 2, Of = 3, Missing = MissingTreatment.Breaching });
        }
    }

    /// <summary>Ten seconds where the streams come often enough, else a minute, else as many minutes as they need.</summary>
    private static TimeSpan Period(StreamLookup streams, StreamSelector selector)
    {
        var every = streams.Matching(selector).Select(stream => stream.Every).DefaultIfEmpty(Quick).Min();
        return every * 2 <= Quick ? Quick : TimeSpan.FromMinutes(Math.Max(1, Math.Ceiling(every.TotalMinutes * 1.5)));
    }

    private static TimeSpan Slower(TimeSpan period) => period < TimeSpan.FromSeconds(30) ? TimeSpan.FromSeconds(30) : period;
}
