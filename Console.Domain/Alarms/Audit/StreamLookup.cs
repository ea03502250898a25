using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Streams;

namespace OpsConsole.Domain.Alarms.Audit;

/// <summary>The streams there are, found by metric.</summary>
public sealed class StreamLookup(ImmutableArray<StreamFacts> streams)
{
    private readonly ILookup<string, StreamFacts> _byMetric = streams.ToLookup(stream => stream.Stream.Metric, StringComparer.Ordinal);
    private readonly HashSet<(string Metric, string? Service)> _measured = [.. streams.Select(stream => (stream.Stream.Metric, stream.Stream.Service))];

    public IEnumerable<StreamFacts> Matching(StreamSelector selector) => _byMetric[selector.Metric].Where(stream => selector.Matches(stream.Stream));

    public bool Measured(string metric, string service) => _measured.Contains((metric, service));
}
