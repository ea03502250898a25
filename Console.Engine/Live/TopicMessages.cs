using System.Collections.Immutable;

namespace OpsConsole.Engine.Live;

/// <summary>One thing of a topic as it is now; the value is an immutable record with a stable JSON form.</summary>
/// <param name="Key">Unique within the topic.</param>
public sealed record TopicItem(string Key, object Value);

/// <summary>All things of a topic as of a sequence.</summary>
/// <param name="Sequence">Rises by one with each delta; starts from the clock, so that numbers of an earlier run never fit.</param>
public sealed record TopicSnapshot(string Topic, long Sequence, DateTimeOffset At, ImmutableArray<TopicItem> Items);

/// <summary>What changed since the sequence before: changed things whole, removed ones by key. A gap in the sequence means "subscribe again".</summary>
public sealed record TopicDelta(string Topic, long Sequence, DateTimeOffset At, ImmutableArray<TopicItem> Changed, ImmutableArray<string> Removed);
