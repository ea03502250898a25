using System.Collections.Concurrent;
using OpsConsole.Domain.ProvingGround.History;

namespace OpsConsole.Engine.ProvingGround.Drills;

/// <summary>Every operation of the drill, by key, and what was written under which ETag.</summary>
internal sealed class DrillHistory
{
    private readonly ConcurrentDictionary<string, List<KeyOperation>> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);

    public IEnumerable<string> Keys => _keys.Keys;

    public void Add(string key, KeyOperation operation)
    {
        var operations = _keys.GetOrAdd(key, _ => []);
        lock (operations)
        {
            operations.Add(operation);
        }
    }

    public void Wrote(string etag, string name) => _names[etag] = name;

    /// <summary>The name of the write an ETag stands for.</summary>
    public string NameOf(string etag) => _names.GetValueOrDefault(etag) ?? $"unknown ETag {etag}";

    public IEnumerable<(string Key, HistoryVerdict Verdict)> Judge() => _keys.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, Linearizability.Check(pair.Value)));
}
