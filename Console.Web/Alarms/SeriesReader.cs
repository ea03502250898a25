using System.Collections.Immutable;
using System.Globalization;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Engine.Alarms.Streams;

namespace OpsConsole.Web.Alarms;

/// <summary>What to draw.</summary>
/// <param name="Streams">Such as <c>requests{service=web}</c>.</param>
/// <param name="PeriodSeconds">How long each point is; left out, what fits the time.</param>
/// <param name="Minutes">How far back; left out, 14.</param>
/// <param name="By">A dimension: a line for each of its values.</param>
public sealed record SeriesQuery(string Streams, string? Statistic, int? PeriodSeconds, int? Minutes, string? By);

/// <param name="Values">As many as there are times; null where there is none.</param>
public sealed record SeriesLine(string Name, int Streams, double?[] Values);

/// <param name="Times">Ends of the periods, UTC.</param>
/// <param name="Omitted">Lines beyond the first twenty, which are not drawn.</param>
public sealed record SeriesAnswer(string Streams, string Statistic, int PeriodSeconds, DateTimeOffset[] Times, SeriesLine[] Lines, int Omitted)
{
    /// <summary>Null where everything asked for lies after the store began.</summary>
    public DateTimeOffset? KnownSince { get; init; }
}

/// <summary>Reads lines of streams for charts.</summary>
public sealed class SeriesReader(MetricStore store, TimeProvider clock)
{
    public const int MostLines = 20;
    private const int MostPoints = 1_000;

    /// <summary>A day, less the periods at its ends.</summary>
    private const int MostMinutes = 1_430;

    /// <summary>Null where it cannot be asked; <paramref name="wrong"/> then says why.</summary>
    public SeriesAnswer? Read(SeriesQuery query, out string? wrong)
    {
        if (StreamSelector.Parse(query.Streams, out wrong) is not { } selector)
        {
            return null;
        }

        var word = string.IsNullOrEmpty(query.Statistic) ? StoreShape.HasDistribution(selector.Metric) ? "p99" : "average" : query.Statistic;
        if (Statistic.Parse(word) is not { } statistic)
        {
            wrong = $"'{word}' is no statistic; ask for average, sum, minimum, maximum, samples, or p99 and the like";
            return null;
        }

        if (query.By is { Length: > 0 } by && !StreamText.Names.Contains(by))
        {
            wrong = $"'{by}' is no dimension; dimensions are {string.Join(", ", StreamText.Names)}";
            return null;
        }

        var span = TimeSpan.FromMinutes(Math.Clamp(query.Minutes ?? 14, 1, MostMinutes));
        var period = TimeSpan.FromSeconds(query.PeriodSeconds ?? Usual(span, statistic));
        var points = period > TimeSpan.Zero ? (int)Math.Ceiling(span / period) : 0;
        wrong = points is < 1 or > MostPoints ? $"{query.PeriodSeconds} s over {span.TotalMinutes:0} min makes {points} points; at most {MostPoints} are drawn"
            : statistic.Kind == StatisticKind.Percentile && !StoreShape.HasDistribution(selector.Metric) ? "percentiles are kept of streams in milliseconds only (names that end in -ms)"
            : StoreShape.TierFor(period, points, statistic.Kind == StatisticKind.Percentile) < 0 ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min are not kept at {period.TotalSeconds:0} s: ask for {Usual(span, statistic)} s")
            : null;
        return wrong is null ? Answer(selector, statistic, period, points, query.By is { Length: > 0 } dimension ? dimension : null) : null;
    }

    /// <summary>Seconds of a point that the store has for a time.</summary>
    private static int Usual(TimeSpan span, Statistic statistic) => span.TotalMinutes <= 14 ? statistic.Kind == StatisticKind.Percentile ? 10 : 5 : span.TotalMinutes < 175 ? 60 : 300;

    private SeriesAnswer Answer(StreamSelector selector, Statistic statistic, TimeSpan period, int points, string? by)
    {
        var end = new DateTimeOffset(clock.GetUtcNow().Ticks / period.Ticks * period.Ticks, TimeSpan.Zero);
        var from = end - (period * points);
        StreamSelector[] each = by is null ? [selector] : [.. store.Find(selector).Streams.Select(stream => stream.Dimensions().FirstOrDefault(one => one.Name == by).Value).OfType<string>().Distinct().Order(StringComparer.Ordinal).Select(value => With(selector, by, value))];
        var (query, values) = (new MetricQuery(), new double[points]);
        var lines = each.Take(MostLines).Select(one =>
        {
            var set = store.Find(one);
            query.Read(set, statistic, from, period, values, least: 1);
            return new SeriesLine(one.ToString(), set.Count, [.. values.Select(value => double.IsNaN(value) ? (double?)null : value)]);
        });
        return new(selector.ToString(), statistic.ToString(), (int)period.TotalSeconds, [.. Enumerable.Range(1, points).Select(i => from + (period * i))], [.. lines], Math.Max(0, each.Length - MostLines)) { KnownSince = from < store.Since ? store.Since : null };
    }

    private static StreamSelector With(StreamSelector selector, string name, string value) =>
        name switch
        {
            "service" => selector with { Service = value },
            "partition" => selector with { Partition = value },
            "region" => selector with { Region = value },
            "az" => selector with { Az = value },
            "host" => selector with { Host = value },
            "operation" => selector with { Operation = value },
            "canary" => selector with { Canary = value },
            _ => selector with { Vantage = value },
        };
}
