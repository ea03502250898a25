using OpsConsole.Domain.Alarms.Streams;

namespace OpsConsole.Engine.Alarms.Ingest;

/// <summary>The last total of every stream that is sent as a running total. The first one only begins the count; a total that falls, or has a new start, began anew.</summary>
public sealed class CumulativeTotals
{
    private const int MostStreams = 20_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(MetricStream Stream, int Part), (ulong Start, double Total)> _totals = [];

    /// <summary>By how much it rose; null where that is not known, or nothing.</summary>
    /// <param name="part">Of a histogram, its bucket.</param>
    /// <param name="start">When the sender began to count, as it says; 0 where it does not.</param>
    public double? Rise(MetricStream stream, int part, ulong start, double total)
    {
        lock (_lock)
        {
            var known = _totals.TryGetValue((stream, part), out var before);
            if (!known && _totals.Count >= MostStreams)
            {
                _totals.Clear();
            }

            _totals[(stream, part)] = (start, total);
            return !known ? null : before.Start == start && total >= before.Total ? total - before.Total : total;
        }
    }
}
