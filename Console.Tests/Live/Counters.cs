using System.Collections.Immutable;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Live;

namespace OpsConsole.Tests.Live;

/// <summary>A topic of numbers by name, and the happenings that change them.</summary>
internal sealed class Counters : ITopicSource
{
    public const string Topic = "counters";

    private long _sequence;

    public ImmutableSortedDictionary<string, int> Values { get; set; } = ImmutableSortedDictionary<string, int>.Empty;

    public bool Has(string topic) => topic == Topic;

    public void Touched(Recorded recorded, ITouched touched) => touched.Touch(Topic, ((Counted)recorded.Event).Name);

    public IEnumerable<string> Keys(string topic) => Values.Keys;

    public object? Item(string topic, string key) => Values.TryGetValue(key, out var value) ? value : null;

    public ImmutableArray<Recorded> Set(string name, int? value, string family = "counters")
    {
        Values = value is { } number ? Values.SetItem(name, number) : Values.Remove(name);
        _sequence++;
        return [new Recorded(_sequence, new StreamId(family), _sequence, DateTimeOffset.UnixEpoch, "engine", null, null, new Counted(name))];
    }

    public sealed record Counted(string Name) : IEvent;
}
