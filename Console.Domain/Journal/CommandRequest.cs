using OpsConsole.Domain.Access;

namespace OpsConsole.Domain.Journal;

/// <summary>A command with who sends it and what they saw.</summary>
/// <param name="ExpectedVersion">The stream's version the actor acted upon; null where any will do. A different one is refused.</param>
/// <param name="IdempotencyKey">The same key again gets the first answer and changes nothing; at most 100 characters.</param>
/// <param name="Reason">Why, in the actor's words; at most 500 characters.</param>
/// <param name="Cause">What led here, for the audit.</param>
public sealed record CommandRequest(ICommand Command, Actor Actor, string? Reason = null, string? IdempotencyKey = null, long? ExpectedVersion = null, string? Cause = null);

/// <summary>The answer to a command: the stream's version after it, or why it was refused.</summary>
public sealed record CommandResult(StreamId Stream, long Version, Rejection? Rejection)
{
    public bool Accepted => Rejection is null;
}
