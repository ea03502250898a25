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
