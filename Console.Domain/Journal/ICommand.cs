using OpsConsole.Domain.Access;

namespace OpsConsole.Domain.Journal;

/// <summary>A wish to change something. Everything that changes state, from a click to a timer, is one of these (law 1).</summary>
public interface ICommand
{
    /// <summary>The stream whose state decides.</summary>
    StreamId Stream { get; }

    /// <summary>What the actor must be permitted to do.</summary>
    Permission Needs { get; }

    /// <summary>Where it acts. A decider may widen this by <see cref="IDecider{TState}.Reach"/>.</summary>
    Scope Scope { get; }
}

/// <summary>
/// A command that rests on the states of streams other writers decide, such as names that are unique in the whole fleet. Such commands are decided one at a
/// time, each after the one before is committed, so that no two can rest on a state the other is about to change.
/// </summary>
public interface IDecidedAlone : ICommand;
