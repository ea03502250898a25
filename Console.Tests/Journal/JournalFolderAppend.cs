using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Journal.Sqlite;

namespace OpsConsole.Tests.Journal;

/// <summary>An append of one event that does something when it is committed.</summary>
internal sealed class JournalFolderAppend(string stream, long after, Action committed)
{
    public Append Append { get; } = new(new(stream), after, [new SecondPersonSet(true)], new DateTimeOffset(2026, 1, 5, 3, 0, 0, TimeSpan.Zero), "engine", null, "tick", null)
    {
        OnCommitted = _ => committed(),
        OnFailed = refused => throw new InvalidOperationException(refused.ToString()),
    };
}

internal static class JournalEnqueue
{
    /// <summary>Appends one event and notes its sequence where it is told of.</summary>
    public static Rejection? Enqueue(this SqliteJournal journal, (string Stream, long After) at, List<long> told) =>
        journal.Enqueue(
            new Append(new(at.Stream), at.After, [new SecondPersonSet(true)], new DateTimeOffset(2026, 1, 5, 3, 0, 0, TimeSpan.Zero), "engine", null, "tick", null)
            {
                OnCommitted = recorded => told.AddRange(recorded.Select(one => one.Sequence)),
                OnFailed = refused => throw new InvalidOperationException(refused.ToString()),
            },
            journal.Generation);
}
