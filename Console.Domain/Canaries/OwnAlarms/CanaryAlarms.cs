using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Streams;

namespace OpsConsole.Domain.Canaries.OwnAlarms;

/// <summary>
/// The alarms a canary owns at each of its places: made with it and taken out with it. Their periods follow from the canary's, so that none fires merely because
/// no turn fell into a period.
/// </summary>
public static class CanaryAlarms
{
    public const string Tag = "canary";
    public const double LeastSuccess = 0.9;

    private const string OwnerStart = "canary:";
    private const double MostSlow = 0.2;
    private const double MostBroken = 0.5;

    /// <summary>Longer periods are not kept seven deep: fewer of them are looked at.</summary>
    private static readonly TimeSpan LongPeriod = TimeSpan.FromMinutes(25);

    public static string Group(string canary) => $"canary-{canary}";

    public static string Owner(string canary) => OwnerStart + canary;

    /// <summary>The canary that owns the alarms; null where none does.</summary>
    public static string? CanaryOf(AlarmGroup group) => group.Owner is { } owner && owner.StartsWith(OwnerStart, StringComparison.Ordinal) ? owner[OwnerStart.Length..] : null;

    public static ImmutableArray<AlarmDefinition> Of(Canary canary, string partition, string region, Vantage vantage, bool simulated)
    {
        StreamSelector Streams(string metric) => new(metric) { Service = canary.Service, Region = region, Canary = canary.Name, Vantage = vantage.Word() };
        MetricRule Mostly(string metric, Comparison comparison, double threshold) =>
            Of(Streams(metric), Statistic.Average, comparison, threshold, Whole(canary.Schedule.Period), of: 5);
        AlarmDefinition Named(string what, string description, MetricRule rule) =>
            new($"{what}-{region}-{vantage.Word()}", Scope.OfRegion(region, partition)) { Service = canary.Service, Description = simulated ? $"SIMULATED. {description}" : description, Tags = [Tag], Rule = rule };
        var where = $"{canary.Name} in {region} from {vantage.Word()}";
        return
        [
            Named("success", $"{where} is served less than 9 times in 10: customers are not either. See the canary's last failures.", Mostly(CanaryMetrics.Success, Comparison.LessThan, LeastSuccess)) with { Essential = Tag },
            Named("slow", $"{where} is answered rightly but beyond its latency limit more than once in 5 times.", Mostly(CanaryMetrics.Slow, Comparison.GreaterThan, MostSlow)),
            Named("broken", $"{where} is broken itself more often than not: nothing is known of its target. The service need not be at fault.", Mostly(CanaryMetrics.Failed, Comparison.GreaterThan, MostBroken)),
            Named("heartbeat", $"{where} is silent: the canary or its runner is dead, and nothing is known of its target.", Of(Streams(CanaryMetrics.Failed), Statistic.Samples, Comparison.LessThan, 1, Heartbeat(canary), of: 2) with { Missing = MissingTreatment.Breaching }),
        ];
    }

    /// <summary>Long enough that a turn, however it is moved and however long it takes, falls into each.</summary>
    public static TimeSpan Heartbeat(Canary canary) => Whole((canary.Schedule.Period * (1.5 + canary.Schedule.Jitter)) + canary.Limits.Whole);

    private static MetricRule Of(StreamSelector streams, Statistic statistic, Comparison comparison, double threshold, TimeSpan period, int of) =>
        new([new AlarmInput("m", streams, statistic)], comparison, threshold) { Period = period, Bad = 2, Of = period > LongPeriod ? 2 : of };

    /// <summary>Whole minutes, and above 25 of them times of 5, as the store keeps them.</summary>
    private static TimeSpan Whole(TimeSpan least)
    {
        var minutes = Math.Max(1, (int)Math.Ceiling(least.TotalMinutes));
        return TimeSpan.FromMinutes(minutes > LongPeriod.TotalMinutes ? (minutes + 4) / 5 * 5 : minutes);
    }
}
