using OpsConsole.Domain.Alarms.Streams;

namespace OpsConsole.Engine.Alarms.Streams;

/// <summary>Where whoever measures hands in numbers: hosts, router, canaries, the engine itself, and what comes in over HTTP. Cheap, from any thread, bounded.</summary>
public interface IMetricSink
{
    /// <summary>One observation. A count of events is its value; a latency is one call for each request.</summary>
    /// <param name="at">When it was observed; what is older than the store keeps, or more than a minute ahead, is dropped and counted.</param>
    /// <returns>False where it was dropped: too old, not finite, or there are too many streams.</returns>
    bool Add(MetricStream stream, double value, DateTimeOffset at);

    /// <summary>So many observations of the same value: a bucket of a histogram.</summary>
    bool Add(MetricStream stream, double value, DateTimeOffset at, int count);
}
