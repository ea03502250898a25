using System.Collections.Concurrent;
using System.Globalization;
using OpsConsole.Domain.ProvingGround.History;

namespace OpsConsole.Engine.ProvingGround.Drills;

/// <summary>Every operation of the drill, by key, and what was written under which ETag.</summary>
internal sealed class DrillHistory
{
    private readonly ConcurrentDictionary<string, List<KeyOperation>> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<UInt128, string> _names = new();
    private readonly ConcurrentDictionary<string, string> _written = new(StringComparer.Ordinal);

    public void Add(string key, KeyOperation operation)
    {
        var operations = _keys.GetOrAdd(key, _ => []);
        lock (operations)
        {
            operations.Add(operation);
        }
    }

    public void Wrote(string etag, string name) => _names[Number(etag)] = _written[name] = name;

    /// <summary>The name of the write an ETag stands for.</summary>
    public string NameOf(string etag) => UInt128.TryParse(etag, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number) && _names.TryGetValue(number, out var name) ? name : $"unknown ETag {etag}";

    /// <summary>The same text, held once however often it is read: a million reads of names made anew would be most of what a long drill keeps.</summary>
    public string Shared(string name) => _written.GetValueOrDefault(name, name);

    /// <summary>Each key by itself, on all processors; in the order of the keys.</summary>
    public IEnumerable<(string Key, HistoryVerdict Verdict)> Judge() =>
        _keys.AsParallel().Select(pair => (pair.Key, Linearizability.Check(pair.Value))).OrderBy(one => one.Key, StringComparer.Ordinal);

    private static UInt128 Number(string etag) => UInt128.Parse(etag, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
