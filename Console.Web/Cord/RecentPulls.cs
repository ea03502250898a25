using OpsConsole.Domain.Cord;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Web.Cord;

/// <summary>The newest pulls and releases, from the audit.</summary>
public sealed class RecentPulls(IJournal journal)
{
    public const int Most = 50;

    public async Task<IReadOnlyList<PullLine>> ReadAsync(CancellationToken cancel) =>
        [.. (await journal.ReadBackAsync(new(Stream: CordStreams.Family, Take: Most), cancel)).Select(recorded => new PullLine(recorded.At, recorded.Event switch
        {
            CordPulled e => $"{e.By} pulled {e.Id} over {CordModel.Words(e.Scope)}, {CordModel.Words(e.Mode).ToLowerInvariant()}: {e.Reason}",
            CordReleased e => $"{e.By} released {e.Id}: {e.Reason}",
            CordReleaseProposed e => $"{e.By} proposed to release {e.Id}: {e.Reason}",
            CausesRearmed e => $"clear again, and would pull anew: {string.Join(", ", e.Causes)}",
            SecondPersonSet e => $"{recorded.Actor} {(e.Required ? "asked for" : "did without")} a second person at releases",
            _ => EventTypes.NameOf(recorded.Event),
        }))];
}

public sealed record PullLine(DateTimeOffset At, string Words);
