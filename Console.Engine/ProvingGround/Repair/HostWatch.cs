using OpsConsole.Engine.ProvingGround.Storage;

namespace OpsConsole.Engine.ProvingGround.Repair;

/// <summary>Who of the storage hosts answers, and since when the others do not, by the monotonic clock of this process.</summary>
internal sealed class HostWatch(Func<string, IShardHost?> hosts, TimeProvider clock)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, long> _answered = [];
    private readonly HashSet<string> _answers = [];

    /// <summary>Whether every host that was looked for in the last look answered.</summary>
    public bool AllAnswer { get; private set; }

    /// <summary>In the last look.</summary>
    public bool Answers(string host) => _answers.Contains(host);

    /// <summary>Since its last answer, or since it was first looked for.</summary>
    public TimeSpan Unanswered(string host) => Answers(host) ? TimeSpan.Zero : clock.GetElapsedTime(_answered.GetValueOrDefault(host, clock.GetTimestamp()));

    public async Task LookAsync(IEnumerable<string> names, CancellationToken cancel)
    {
        var all = names.Distinct().ToArray();
        var answers = await Task.WhenAll(all.Select(name => AskAsync(name, cancel))).ConfigureAwait(false);
        AllAnswer = Array.TrueForAll(answers, answered => answered);
        _answers.Clear();
        for (var i = 0; i < all.Length; i++)
        {
            if (answers[i])
            {
                _answers.Add(all[i]);
                _answered[all[i]] = clock.GetTimestamp();
            }
            else
            {
                _answered.TryAdd(all[i], clock.GetTimestamp());
            }
        }
    }

    private async Task<bool> AskAsync(string name, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return hosts(name) is { } host && (await host.StatesAsync([], verify: false, both.Token).WaitAsync(both.Token).ConfigureAwait(false)).IsEmpty;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
    }
}
