using System.Collections.Immutable;

namespace OpsConsole.Engine.ProvingGround.Drills;

/// <summary>What came of a drill.</summary>
/// <param name="Requests">Sent by customers; retries of reads count once.</param>
/// <param name="Acknowledged">Writes and deletions that were answered with success.</param>
/// <param name="Unanswered">Writes and deletions of which nobody can tell whether they happened.</param>
/// <param name="Reads">Reads and listings that were answered.</param>
/// <param name="UnavailableReads">Reads that got no answer in five tries.</param>
/// <param name="UnavailableReadsOneAzGone">Of these, the ones begun while one whole AZ was gone and all else well.</param>
/// <param name="Broken">Keys whose history no single copy could have had: something was lost, changed or stale.</param>
/// <param name="Unknown">Keys with too many open operations to tell.</param>
/// <param name="LeastRestarts">How often the least restarted process was killed.</param>
/// <param name="Evidence">Of broken keys, at most 10, and of answers that should not have been.</param>
public sealed record DrillReport(
    int Seed, long Requests, long Acknowledged, long Unanswered, long Reads, long UnavailableReads, long UnavailableReadsOneAzGone, int Keys, int Broken, int Unknown, int LeastRestarts, ImmutableArray<string> Evidence)
{
    public ImmutableSortedDictionary<string, int> Faults { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    public TimeSpan Took { get; init; }
}
