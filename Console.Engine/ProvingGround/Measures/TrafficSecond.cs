using System.Collections.Immutable;

namespace OpsConsole.Engine.ProvingGround.Measures;

/// <summary>What one host did in one second.</summary>
/// <param name="Second">Seconds since 1970, UTC.</param>
/// <param name="Good">Answers below 500.</param>
/// <param name="Failed">Answers of 500 and up.</param>
/// <param name="None">Requests without an answer: refused, cut off, too late.</param>
/// <param name="Latency">Bucket and count by turns, only of buckets that count anything.</param>
public sealed record TrafficSecond(long Second, string Host, int Good, int Failed, int None, ImmutableArray<int> Latency)
{
    /// <summary>Of the good, those below 300, 300 to 399, 400 to 499.</summary>
    public ImmutableArray<int> Classes { get; init; } = [];
}
