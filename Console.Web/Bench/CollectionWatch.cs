namespace OpsConsole.Web.Bench;

/// <summary>The collections of garbage while it lives, seen by looking every millisecond: of two between two looks only the later.</summary>
internal sealed class CollectionWatch : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<(int Generation, bool Background, double PauseMs)> _seen = [];
    private readonly ITimer _timer;
    private long _last = GC.GetGCMemoryInfo(GCKind.Any).Index;

    public CollectionWatch() => _timer = TimeProvider.System.CreateTimer(_ => Look(), null, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));

    public void Dispose() => _timer.Dispose();

    /// <summary>How many of each generation and the longest pause of each in milliseconds, as figures.</summary>
    public IEnumerable<KeyValuePair<string, double>> Figures(string prefix)
    {
        lock (_lock)
        {
            return [.. _seen.GroupBy(one => one.Background ? "background" : $"gen{one.Generation}").SelectMany(kind => new[]
            {
                KeyValuePair.Create($"{prefix}_{kind.Key}", (double)kind.Count()),
                KeyValuePair.Create($"{prefix}_{kind.Key}_longest_ms", Math.Round(kind.Max(one => one.PauseMs), 1)),
            })];
        }
    }

    private void Look()
    {
        lock (_lock)
        {
            foreach (var kind in (GCKind[])[GCKind.Ephemeral, GCKind.FullBlocking, GCKind.Background])
            {
                var info = GC.GetGCMemoryInfo(kind);
                if (info.Index > _last)
                {
                    _seen.Add((info.Generation, kind == GCKind.Background, info.PauseDurations.ToArray().Sum(pause => pause.TotalMilliseconds)));
                }
            }

            _last = GC.GetGCMemoryInfo(GCKind.Any).Index;
        }
    }
}
