using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.History;

/// <summary>
/// Whether the operations on one key can be put into one order that a single copy could have gone through: each takes effect at one moment between its sending and its
/// answer, and each read gives what the last write before it left. The search is Wing and Gong's with the memory of visited states that Lowe added
/// (Testing for linearizability, 2017); a state is which operations have taken effect, and the value.
/// </summary>
public static class Linearizability
{
    /// <summary>States visited before the search gives up on a key: the answer is then that it is not known, never that all is well.</summary>
    public const int MostStates = 2_000_000;

    /// <param name="before">The key's value when the history begins; null for none.</param>
    public static HistoryVerdict Check(IEnumerable<KeyOperation> history, string? before = null)
    {
        var operations = Relevant(history);
        var search = new LinearizationSearch(operations, before);
        return search.Run() switch
        {
            true => HistoryVerdict.Fine,
            null => new HistoryVerdict(HistoryOutcome.Unknown, $"{operations.Length} operations made more than {MostStates} states"),
            false => new HistoryVerdict(HistoryOutcome.Broken, Words(operations, search.Furthest)),
        };
    }

    /// <summary>
    /// In the order of sending. Reads without an answer say nothing. A write without an answer whose value nobody read might as well not have happened,
    /// and leaving it out keeps the search small; a deletion without an answer stays, since a read of nothing may be its doing.
    /// </summary>
    private static ImmutableArray<KeyOperation> Relevant(IEnumerable<KeyOperation> history)
    {
        var all = history.Where(one => one.Answered || one.Kind != OperationKind.Read).ToArray();
        var read = all.Where(one => one.Kind == OperationKind.Read).Select(one => one.Value).ToHashSet(StringComparer.Ordinal);
        return [.. all.Where(one => one.Answered || read.Contains(one.Value)).OrderBy(one => one.Began)];
    }

    private static string Words(ImmutableArray<KeyOperation> operations, int furthest)
    {
        var stuck = operations[Math.Min(furthest, operations.Length - 1)];
        var near = operations.Where(one => one.Began <= stuck.Ended && one.Ended >= stuck.Began - (stuck.Ended == KeyOperation.Never ? 0 : stuck.Ended - stuck.Began)).Take(12);
        return $"no order explains {Say(stuck)}; near it: {string.Join("; ", near.Select(Say))}";
    }

    private static string Say(KeyOperation one) => $"{one.Kind} {one.Value ?? "nothing"} [{one.Began}, {(one.Answered ? one.Ended : "unanswered")}]";
}
