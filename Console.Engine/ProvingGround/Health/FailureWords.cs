namespace OpsConsole.Engine.ProvingGround.Health;

/// <summary>What went wrong, in words, by host: the last 500 of each.</summary>
internal sealed class FailureWords
{
    private const int Kept = 500;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<(long Second, string Expectation, string Words)>> _hosts = [];

    public void Add(string host, long second, string expectation, string words)
    {
        lock (_lock)
        {
            if (!_hosts.TryGetValue(host, out var kept))
            {
                _hosts[host] = kept = new();
            }

            kept.Enqueue((second, expectation, words));
            if (kept.Count > Kept)
            {
                kept.Dequeue();
            }
        }
    }

    /// <summary>The expectation that failed most within the window, how often, and the last time in words; null where none did.</summary>
    public string? Worst(string host, Window window)
    {
        lock (_lock)
        {
            var most = (_hosts.GetValueOrDefault(host) ?? new()).Where(failure => window.Holds(failure.Second)).GroupBy(failure => failure.Expectation).MaxBy(group => group.Count());
            return most is null ? null : $"{most.Last().Words} ({most.Count()} times)";
        }
    }
}
