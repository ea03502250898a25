namespace OpsConsole.Engine.ProvingGround.Measures.Load;

/// <summary>Runs phases, and keeps what came of each run: rates to be compared by their medians, times of all runs together.</summary>
internal sealed class LoadRun(TimeProvider clock)
{
    private readonly SortedDictionary<string, List<LoadResult>> _results = new(StringComparer.Ordinal);

    /// <summary>Until the time is over or no worker has anything more to ask.</summary>
    public async Task RunAsync(LoadPhase phase, TimeSpan time, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, phase.Workers).Select(worker => Task.Run(() => WorkAsync(phase, worker, began, time, cancel), cancel))).ConfigureAwait(false);
        Keep(phase.Name, new LoadResult(phase.Bytes, clock.GetElapsedTime(began), [.. all.SelectMany(ticks => ticks)]));
    }

    public void Keep(string name, LoadResult result)
    {
        if (!_results.TryGetValue(name, out var kept))
        {
            _results.Add(name, kept = []);
        }

        kept.Add(result);
    }

    public double PerSecond(string name) => Median(_results[name].Select(result => result.PerSecond));

    public double MegabytesPerSecond(string name) => Median(_results[name].Select(result => result.MegabytesPerSecond));

    /// <summary>The median of one rate over the other, round by round: what else the machine did then, it did to both.</summary>
    public double Ratio(string name, string over) => Median(_results[name].Zip(_results[over], (one, other) => one.PerSecond / other.PerSecond));

    /// <summary>Rate, millions of bytes a second, and the times of 50 and 99 in 100 requests, of each phase.</summary>
    public IEnumerable<(string Name, double Value)> Figures()
    {
        foreach (var name in _results.Keys)
        {
            yield return ($"{name}_per_s", Math.Round(PerSecond(name), 1));
            yield return ($"{name}_mb_s", Math.Round(MegabytesPerSecond(name), 2));
            yield return ($"{name}_p50_ms", Math.Round(Time(name, 0.5).TotalMilliseconds, 3));
            yield return ($"{name}_p99_ms", Math.Round(Time(name, 0.99).TotalMilliseconds, 3));
        }
    }

    /// <summary>What this share of a phase's requests stayed within, all rounds together; none where there were none.</summary>
    public TimeSpan Time(string name, double share)
    {
        var sorted = _results[name].SelectMany(result => result.Ticks).Order().ToArray();
        return sorted.Length == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(sorted[(int)(share * (sorted.Length - 1))] / (double)clock.TimestampFrequency);
    }

    private async Task<List<long>> WorkAsync(LoadPhase phase, int worker, long began, TimeSpan time, CancellationToken cancel)
    {
        var ticks = new List<long>(4_096);
        while (clock.GetElapsedTime(began) < time)
        {
            var sent = clock.GetTimestamp();
            if (!await phase.SendAsync(worker, ticks.Count, cancel).ConfigureAwait(false))
            {
                break;
            }

            ticks.Add(clock.GetTimestamp() - sent);
        }

        return ticks;
    }

    private static double Median(IEnumerable<double> figures) => figures.Order().ToArray() is { Length: > 0 } sorted ? sorted[sorted.Length / 2] : 0;
}
