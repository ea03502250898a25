using System.Collections.Concurrent;

namespace OpsConsole.Domain.Fleet;

/// <summary>Names that many hosts share, one string each, however often they were read from disk. Beyond <see cref="Most"/> names nothing is shared any more; all stays as right.</summary>
internal static class SharedNames
{
    private const int Most = 500_000;

    private static readonly ConcurrentDictionary<string, string> Names = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Names.GetAlternateLookup<ReadOnlySpan<char>>();
    private static int _count;

    public static string Of(string name)
    {
        if (Names.TryGetValue(name, out var known))
        {
            return known;
        }

        if (Volatile.Read(ref _count) >= Most)
        {
            return name;
        }

        known = Names.GetOrAdd(name, name);
        if (ReferenceEquals(known, name))
        {
            Interlocked.Increment(ref _count);
        }

        return known;
    }

    /// <summary>No string is made of a name that is known.</summary>
    public static string Of(ReadOnlySpan<char> name) => Lookup.TryGetValue(name, out var known) ? known : Of(name.ToString());
}
