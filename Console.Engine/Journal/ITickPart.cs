namespace OpsConsole.Engine.Journal;

/// <summary>One slice's share of the tick: looks at states, finds what is due, sends commands. Parts run one after another, in the order they are listed.</summary>
public interface ITickPart
{
    ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel);
}
