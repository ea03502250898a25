namespace OpsConsole.Domain.Fleet;

/// <summary>An immutable map by name that <see cref="NamedDictionaryJson"/> reads and writes.</summary>
/// <typeparam name="TSelf">The map itself.</typeparam>
/// <typeparam name="T">What it holds.</typeparam>
public interface INamedDictionary<TSelf, T> : IReadOnlyDictionary<string, T>
    where TSelf : INamedDictionary<TSelf, T>
{
    static abstract TSelf From(IEnumerable<KeyValuePair<string, T>> values);
}
