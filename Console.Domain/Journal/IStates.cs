namespace OpsConsole.Domain.Journal;

/// <summary>Reads immutable states; never waits for a writer.</summary>
public interface IStates
{
    /// <summary>The stream's state, or its initial state where nothing has happened in it yet.</summary>
    TState Get<TState>(StreamId stream)
        where TState : class;

    /// <summary>The stream's version: how many events it holds; 0 where nothing has happened yet.</summary>
    long VersionOf(StreamId stream);

    /// <summary>All streams of a family in which something has happened, in no stated order.</summary>
    IReadOnlyList<StreamState<TState>> All<TState>(string family)
        where TState : class;
}

/// <summary>One stream's state as of a version.</summary>
public sealed record StreamState<TState>(StreamId Stream, long Version, TState State)
    where TState : class;
