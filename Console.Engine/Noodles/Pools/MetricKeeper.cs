using OpsConsole.Engine.Alarms.Streams;

namespace OpsConsole.Engine.Noodles.Pools;

/// <summary>Makes a metric empty: all its streams are forgotten, and it is looked whether any is there again.</summary>
public sealed class MetricKeeper(MetricStore store) : IPoolKeeper<PooledMetric>
{
    /// <summary>As many as scenarios run side by side can need; a name stays in the store's index for good, so there are no more.</summary>
    public const int Metrics = 64;

    public string Kind => "metric";

    public int Most => Metrics;

    public string NameOf(PooledMetric thing) => thing.Name;

    public PooledMetric Make(int number) => new($"noodle-{number}");

    public Task<string?> ScrubAsync(PooledMetric thing, CancellationToken cancel)
    {
        store.Forget(thing.Name);
        store.Forget(thing.InMs);
        return Task.FromResult(Left(thing) is { } left ? $"somebody else writes to it while it is scrubbed: {left}" : null);
    }

    /// <summary>What is in it; null where it is empty.</summary>
    public string? Left(PooledMetric thing)
    {
        string[] streams = [.. store.Streams(thing.Name).Concat(store.Streams(thing.InMs)).Select(stream => stream.ToString()).Order(StringComparer.Ordinal)];
        return streams.Length == 0 ? null : $"{streams.Length} stream(s), the first {streams[0]}";
    }
}
