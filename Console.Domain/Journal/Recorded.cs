namespace OpsConsole.Domain.Journal;

/// <summary>An event as the journal holds it.</summary>
/// <param name="Sequence">Its place among all events, from 1, without gaps.</param>
/// <param name="Version">Its place in its stream, from 1, without gaps.</param>
/// <param name="At">When it was accepted, UTC.</param>
/// <param name="Actor">Who caused it, as <see cref="Access.Actor.Id"/>.</param>
/// <param name="Reason">Why, in the actor's words.</param>
/// <param name="Cause">What led to the command: a request id, another event's <c>#sequence</c>, <c>tick</c>.</param>
public sealed record Recorded(long Sequence, StreamId Stream, long Version, DateTimeOffset At, string Actor, string? Reason, string? Cause, IEvent Event);
