using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal;

/// <summary>
/// Told of every commit after the states show it and before the sender is answered, in the order of the sequence, one call at a time.
/// It must be quick and must not send commands and wait for them.
/// </summary>
public interface ICommitObserver
{
    void Committed(ImmutableArray<Recorded> events);
}
