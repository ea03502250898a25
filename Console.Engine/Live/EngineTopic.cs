using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Live;

/// <summary>The topic <c>engine</c>: one thing, the pulse, once a second.</summary>
/// <param name="pulse">Asked for late: the engine's loop needs the command path, which needs the observers, which need the topics.</param>
public sealed class EngineTopic(Func<EnginePulse> pulse) : ITopicSource
{
    public const string Name = "engine";
    public const string Key = "pulse";

    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    public bool Has(string topic) => topic == Name;

    public void Touched(Recorded recorded, ITouched touched)
    {
    }

    public IEnumerable<string> Keys(string topic) => [Key];

    public object? Item(string topic, string key) => key == Key ? pulse().Now() : null;
}

/// <summary>Whether the engine runs, as pages and clients see it.</summary>
public sealed class EnginePulse(Heartbeat heartbeat, LiveFeed feed)
{
    /// <summary>Without a tick for this long, what is shown counts as stale and commands are held back.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(5);

    public Pulse Now() => new(heartbeat.Last.At, heartbeat.Last.Took.TotalMilliseconds, feed.Sequence, feed.LastCommit);
}

/// <param name="TickedAt">When the last tick ended; far in the past where none has.</param>
/// <param name="TickMs">How long it took, milliseconds.</param>
/// <param name="Sequence">Newest event in the journal that this process has seen.</param>
public sealed record Pulse(DateTimeOffset TickedAt, double TickMs, long Sequence, DateTimeOffset? LastCommit)
{
    public bool StaleAt(DateTimeOffset now) => now - TickedAt > EnginePulse.StaleAfter;
}
