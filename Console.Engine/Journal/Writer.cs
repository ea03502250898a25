using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal;

/// <summary>
/// The lock under which streams are decided, one command after another. There is a fixed number of them, so that made-up region names cannot pile up;
/// two regions that share one only wait for each other.
/// </summary>
internal sealed class Writer(int index, CommandPath path)
{
    public const int Count = 256;

    private readonly Lock _gate = new();
    private long _generation = path.Journal.Generation;

    /// <summary>Which of the writers decides for this name.</summary>
    public static int IndexOf(ReadOnlySpan<char> writer)
    {
        var hash = 17u;
        foreach (var letter in writer)
        {
            hash = (hash * 31) + letter;
        }

        return (int)(hash % Count);
    }

    /// <summary>Answers at once where there is nothing to append; otherwise queues and answers through <paramref name="answer"/>.</summary>
    /// <param name="digest">Of the command, where it has an idempotency key.</param>
    public CommandResult? Decide(CommandRequest request, string? digest, TaskCompletionSource<CommandResult> answer)
    {
        lock (_gate)
        {
            FallBackIfStale();
            var slot = path.States.SlotOrNew(request.Command.Stream);
            if (slot.Family.Forbidden(slot.Pending.State, request.Command, request.Actor) is { } forbidden)
            {
                return new(slot.Stream, slot.Pending.Version, forbidden);
            }

            if (digest is not null && AnswerByKey(request, slot, digest) is { } known)
            {
                return known;
            }

            if (request.ExpectedVersion is { } seen && seen != slot.Pending.Version)
            {
                return new(slot.Stream, slot.Pending.Version, CommandBounds.Stale(slot.Stream, seen, slot.Pending));
            }

            var now = path.Clock.GetUtcNow();
            var view = path.States.SeenBy(slot.Writer);
            var decision = slot.Family.Decide(slot.Pending.State, request.Command, new(now, request.Actor, request.Reason, view));
            return decision.Rejection is not null || decision.Events.IsEmpty
                ? new(slot.Stream, slot.Pending.Version, decision.Rejection)
                : Queue(request, digest, slot, decision.Events, now, answer);
        }
    }

    private CommandResult? AnswerByKey(CommandRequest request, StreamSlot slot, string digest)
    {
        try
        {
            return path.Journal.FindKey(request.IdempotencyKey!) switch
            {
                null => null,
                { } before when before.CommandDigest == digest => new(before.Stream, before.Version, null),
                _ => new(slot.Stream, slot.Pending.Version, CommandBounds.KeyReused(request.IdempotencyKey!)),
            };
        }
        catch (JournalException e)
        {
            return new(slot.Stream, slot.Pending.Version, CommandBounds.KeysUnreadable(e.Message));
        }
    }

    private CommandResult? Queue(CommandRequest request, string? digest, StreamSlot slot, ImmutableArray<IEvent> events, DateTimeOffset now, TaskCompletionSource<CommandResult> answer)
    {
        var state = slot.Pending.State;
        foreach (var happened in events)
        {
            state = slot.Family.Apply(state, happened, now);
        }

        var before = slot.Pending;
        var after = new StreamSlot.Versioned(before.Version + events.Length, state, new(request.Actor.Id, now, EventTypes.NameOf(events[^1])));
        slot.Pending = after;
        path.States.Keep(slot);
        var refused = path.Journal.Enqueue(
            new Append(slot.Stream, before.Version, events, now, request.Actor.Id, request.Reason, request.Cause, request.IdempotencyKey)
            {
                CommandDigest = digest,
                OnCommitted = recorded => Commit(slot, after, recorded, answer),
                OnFailed = rejection => answer.TrySetResult(new(slot.Stream, slot.Committed.Version, rejection)),
            },
            _generation);
        if (refused is null)
        {
            return null;
        }

        slot.Pending = before;
        path.States.ForgetIfEmpty(slot);
        FallBackIfStale();
        return new(slot.Stream, slot.Committed.Version, refused);
    }

    private void Commit(StreamSlot slot, StreamSlot.Versioned after, ImmutableArray<Recorded> recorded, TaskCompletionSource<CommandResult> answer)
    {
        slot.Committed = after;
        path.Tell(recorded);
        if (after.Version - slot.SnapshotVersion >= slot.Family.SnapshotEvery)
        {
            slot.SnapshotVersion = after.Version;
            path.Journal.SaveSnapshot(slot.Stream, after.Version, after.State);
        }

        answer.TrySetResult(new(slot.Stream, after.Version, null));
    }

    /// <summary>After a failed commit every pending state built on it is void.</summary>
    private void FallBackIfStale()
    {
        var generation = path.Journal.Generation;
        if (_generation == generation)
        {
            return;
        }

        foreach (var slot in path.States.SlotsOf(index))
        {
            slot.Pending = slot.Committed;
            path.States.ForgetIfEmpty(slot);
        }

        _generation = generation;
    }
}
