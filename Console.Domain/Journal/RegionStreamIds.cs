using System.Collections.Concurrent;

namespace OpsConsole.Domain.Journal;

/// <summary>The stream names <c>family/region</c> of one family, each made once: they are asked for several times with every command. Beyond <see cref="Most"/> regions (made-up names) none is kept.</summary>
internal sealed class RegionStreamIds(string family)
{
    private const int Most = 4_096;

    private readonly ConcurrentDictionary<string, StreamId> _ids = new(StringComparer.Ordinal);
    private int _count;

    public StreamId Of(string region)
    {
        if (_ids.TryGetValue(region, out var id))
        {
            return id;
        }

        id = new($"{family}/{region}");
        if (Volatile.Read(ref _count) < Most && _ids.TryAdd(region, id))
        {
            Interlocked.Increment(ref _count);
        }

        return id;
    }
}
