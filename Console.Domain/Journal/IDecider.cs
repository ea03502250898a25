using System.Collections.Immutable;
using OpsConsole.Domain.Access;

namespace OpsConsole.Domain.Journal;

/// <summary>
/// The rules of one stream family, pure: no I/O, no clock, no randomness. <see cref="Apply"/> must never throw on an event that
/// <see cref="Decide"/> once produced, and must not look at anything but its arguments: it runs again at every start.
/// </summary>
/// <typeparam name="TState">An immutable record that System.Text.Json can write and read back: snapshots are made of it.</typeparam>
public interface IDecider<TState>
    where TState : class
{
    TState Initial(StreamId stream);

    Decision Decide(TState state, ICommand command, DecisionContext context);

    TState Apply(TState state, IEvent happened, DateTimeOffset at);

    /// <summary>Every scope the command reaches; the actor needs the permission in all of them.</summary>
    ImmutableArray<Scope> Reach(TState state, ICommand command) => [command.Scope];
}
