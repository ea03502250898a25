using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal;

/// <summary>A family of streams: its decider, and whether its streams belong to their region's writer.</summary>
public abstract class StreamFamily(string name, bool regional)
{
    public string Name { get; } = name;

    /// <summary>Streams of one writer are decided one after another and see each other's newest states; the writers run side by side.</summary>
    public ReadOnlySpan<char> WriterOf(StreamId stream) => regional ? stream.FirstKeyPart() : [];

    public abstract Type StateType { get; }

    /// <summary>A snapshot is taken after this many events of one stream.</summary>
    public int SnapshotEvery { get; init; } = 500;

    public abstract object Initial(StreamId stream);

    public abstract Decision Decide(object state, ICommand command, DecisionContext context);

    public abstract object Apply(object state, IEvent happened, DateTimeOffset at);

    public abstract ImmutableArray<Scope> Reach(object state, ICommand command);

    /// <summary>Why the sender may not; null where they may everywhere it reaches.</summary>
    public Rejection? Forbidden(object state, ICommand command, Actor actor)
    {
        foreach (var scope in Reach(state, command))
        {
            if (Permissions.Check(actor, command.Needs, scope) is { } forbidden)
            {
                return forbidden;
            }
        }

        return null;
    }
}

public sealed class StreamFamily<TState>(string name, bool regional, IDecider<TState> decider) : StreamFamily(name, regional)
    where TState : class
{
    public override Type StateType => typeof(TState);

    public override object Initial(StreamId stream) => decider.Initial(stream);

    public override Decision Decide(object state, ICommand command, DecisionContext context) => decider.Decide((TState)state, command, context);

    public override object Apply(object state, IEvent happened, DateTimeOffset at) => decider.Apply((TState)state, happened, at);

    public override ImmutableArray<Scope> Reach(object state, ICommand command) => decider.Reach((TState)state, command);
}
