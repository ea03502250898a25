using System.Collections.Immutable;

namespace OpsConsole.Domain.Noodles.Runs;

/// <summary>One run as the journal knows it.</summary>
/// <param name="By">Actor id.</param>
/// <param name="EndedAt">Null while it waits or runs.</param>
public sealed record NoodleRunEntry(string Id, NoodleOrder Order, string By, string Reason, DateTimeOffset RequestedAt, DateTimeOffset? EndedAt, bool Passed, int Scenarios, int Failed, int Flaky, string? Fault);

/// <summary>State of the stream <c>noodles</c>: the runs people asked for, oldest first; of those that have ended the last <see cref="Kept"/>.</summary>
public sealed record NoodleRunsState(ImmutableArray<NoodleRunEntry> Runs)
{
    public const int Kept = 50;

    public static readonly NoodleRunsState Empty = new([]);

    /// <summary>The one that is run now, or is to be.</summary>
    public NoodleRunEntry? Due => Runs.FirstOrDefault(run => run.EndedAt is null);

    public NoodleRunEntry? Find(string id) => Runs.FirstOrDefault(run => run.Id == id);

    internal NoodleRunsState With(NoodleRunEntry entry)
    {
        var at = Runs.IndexOf(Find(entry.Id)!);
        var runs = at < 0 ? Runs.Add(entry) : Runs.SetItem(at, entry);
        var ended = runs.Count(run => run.EndedAt is not null);
        return ended <= Kept ? new(runs) : new(runs.Remove(runs.First(run => run.EndedAt is not null)));
    }
}
