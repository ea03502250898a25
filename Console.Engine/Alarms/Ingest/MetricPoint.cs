using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Streams;

namespace OpsConsole.Engine.Alarms.Ingest;

/// <summary>One observation that came from outside.</summary>
/// <param name="Count">How many observations of this value: a histogram's bucket.</param>
public sealed record MetricPoint(MetricStream Stream, double Value, DateTimeOffset At, int Count = 1);

/// <summary>What became of a request that handed in.</summary>
/// <param name="Accepted">Points that are in the store.</param>
/// <param name="Dropped">Points that are not: too old, ahead, not finite, or no room.</param>
/// <param name="Skipped">Points of kinds that cannot be taken, with the reason; each reason once.</param>
public sealed record IngestResult(int Accepted, int Dropped, ImmutableArray<string> Skipped);

/// <summary>Hands points in.</summary>
public sealed class MetricIngest(Streams.IMetricSink sink)
{
    /// <summary>So many points may be in one request.</summary>
    public const int MostPoints = 20_000;

    public const long MostBytes = 4L << 20;

    public IngestResult Take(IReadOnlyCollection<MetricPoint> points, ImmutableArray<string> skipped)
    {
        var accepted = points.Count(point => sink.Add(point.Stream, point.Value, point.At, point.Count));
        return new(accepted, points.Count - accepted, skipped);
    }

    /// <summary>Running totals of OTLP senders: what is handed in is how much they rose by.</summary>
    public CumulativeTotals Totals { get; } = new();
}
