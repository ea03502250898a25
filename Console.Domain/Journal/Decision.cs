using System.Collections.Immutable;

namespace OpsConsole.Domain.Journal;

/// <summary>What a decider answers: events (none means "already so", which is success) or a rejection, never both.</summary>
public sealed record Decision
{
    private Decision(ImmutableArray<IEvent> events, Rejection? rejection) => (Events, Rejection) = (events, rejection);

    public ImmutableArray<IEvent> Events { get; }

    public Rejection? Rejection { get; }

    /// <summary>Accepted, and nothing is to change: the state already is as wished.</summary>
    public static Decision Nothing { get; } = new([], null);

    public static Decision Accept(params ImmutableArray<IEvent> events) => new(events, null);

    public static Decision Reject(Rejection rejection) => new([], rejection);

    public static implicit operator Decision(Rejection rejection) => Reject(rejection);
}
