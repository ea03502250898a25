using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal;

/// <summary>Events of one command, appended together or not at all.</summary>
/// <param name="After">The stream's version before them.</param>
public sealed record Append(StreamId Stream, long After, ImmutableArray<IEvent> Events, DateTimeOffset At, string Actor, string? Reason, string? Cause, string? IdempotencyKey)
{
    /// <summary>What the idempotency key stands for: a digest of the command and its sender, so that the key is not answered for another.</summary>
    public string? CommandDigest { get; init; }

    /// <summary>Called on the journal's thread with the events as recorded; must be quick and must not throw.</summary>
    public required Action<ImmutableArray<Recorded>> OnCommitted { get; init; }

    /// <summary>Called on the journal's thread where the commit failed: nothing of this append is in the journal.</summary>
    public required Action<Rejection> OnFailed { get; init; }
}
