using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Engine.Rollouts;

/// <summary>
/// The last windows of every gate in every region, for people to look at. In memory only: verdicts are in the journal, and nothing is decided by what is kept
/// here, so a restart loses only how the good windows looked.
/// </summary>
public sealed class GateLines
{
    /// <summary>Windows kept of one gate in one region; the oldest goes first.</summary>
    public const int MostWindows = 240;

    /// <summary>Lines kept in all, some 50 MB when all are full. The region that was not judged for longest goes first.</summary>
    public const int MostLines = 2_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Rollout, string Region), LinkedListNode<Lines>> _regions = [];
    private readonly LinkedList<Lines> _byUse = new();
    private int _count;

    /// <summary>Lines kept now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    public void Add(string rollout, string region, ImmutableArray<(Gate Gate, GateWindow Window)> windows)
    {
        if (windows.IsEmpty)
        {
            return;
        }

        lock (_lock)
        {
            var lines = Touch((rollout, region));
            foreach (var (gate, window) in windows)
            {
                if (!lines.ByGate.TryGetValue(gate.Name, out var line))
                {
                    lines.ByGate[gate.Name] = line = new(gate.Metric, new());
                    _count++;
                }

                line.Windows.Enqueue(window);
                if (line.Windows.Count > MostWindows)
                {
                    line.Windows.Dequeue();
                }
            }

            while (_count > MostLines && _byUse.First is { } oldest && oldest.Value != lines)
            {
                _byUse.Remove(oldest);
                _regions.Remove(oldest.Value.Key);
                _count -= oldest.Value.ByGate.Count;
            }
        }
    }

    /// <summary>By the gates' names; empty where none is kept.</summary>
    public ImmutableArray<GateLine> Of(string rollout, string region)
    {
        lock (_lock)
        {
            return _regions.TryGetValue((rollout, region), out var found)
                ? [.. found.Value.ByGate.OrderBy(line => line.Key, StringComparer.Ordinal).Select(line => new GateLine(line.Key, line.Value.Metric, [.. line.Value.Windows]))]
                : [];
        }
    }

    private Lines Touch((string, string) key)
    {
        if (_regions.TryGetValue(key, out var node))
        {
            _byUse.Remove(node);
        }
        else
        {
            _regions[key] = node = new(new(key, []));
        }

        _byUse.AddLast(node);
        return node.Value;
    }

    private sealed record Lines((string Rollout, string Region) Key, Dictionary<string, Line> ByGate);

    private sealed record Line(string Metric, Queue<GateWindow> Windows);
}
