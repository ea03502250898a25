using System.Collections.Immutable;

namespace OpsConsole.Domain.Alarms.Rules.Composites;

/// <summary>Composites that come back to themselves can never be evaluated.</summary>
public static class CompositeCycles
{
    /// <summary>The way from an alarm back to itself, the alarm first and last; empty where there is none.</summary>
    /// <param name="childrenOf">What a composite names; nothing for other alarms.</param>
    public static ImmutableArray<string> From(string start, Func<string, IEnumerable<string>> childrenOf)
    {
        var cameFrom = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = new Stack<string>([start]);
        while (open.TryPop(out var alarm))
        {
            foreach (var child in childrenOf(alarm))
            {
                if (child == start)
                {
                    return Way(start, alarm, cameFrom);
                }

                if (cameFrom.TryAdd(child, alarm))
                {
                    open.Push(child);
                }
            }
        }

        return [];
    }

    private static ImmutableArray<string> Way(string start, string last, Dictionary<string, string> cameFrom)
    {
        var way = new List<string> { start };
        for (var at = last; at != start; at = cameFrom[at])
        {
            way.Add(at);
        }

        way.Add(start);
        way.Reverse();
        return [.. way];
    }
}
