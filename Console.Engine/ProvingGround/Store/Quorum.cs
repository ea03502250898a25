namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>Waits for enough of several answers.</summary>
internal static class Quorum
{
    public const int Copies = 3;

    public const int Needed = 2;

    /// <summary>
    /// The first answers that came, at least <see cref="Needed"/> of them, or <see cref="StoreUnavailableException"/> when so few can no longer come.
    /// Calls still under way go on by themselves, within their own time limit.
    /// </summary>
    public static async Task<List<(IReplica From, T Answer)>> OfAsync<T>(IEnumerable<IReplica> replicas, Func<IReplica, Task<T>> ask, Func<T, bool>? counts = null)
    {
        var open = replicas.Select(replica => AskAsync(replica, ask)).ToList();
        var answers = new List<(IReplica, T)>(open.Count);
        var failures = new List<string>();
        while (open.Count > 0 && answers.Count(answer => counts?.Invoke(answer.Item2) ?? true) < Needed)
        {
            var done = await Task.WhenAny(open).ConfigureAwait(false);
            open.Remove(done);
            var (from, answer, failure) = await done.ConfigureAwait(false);
            if (failure is null)
            {
                answers.Add((from, answer!));
            }
            else
            {
                failures.Add($"{from.Host}: {failure}");
            }
        }

        return answers.Count >= Needed ? answers : throw new StoreUnavailableException($"fewer than {Needed} copies could be reached ({string.Join("; ", failures)})");
    }

    private static async Task<(IReplica From, T? Answer, string? Failure)> AskAsync<T>(IReplica replica, Func<IReplica, Task<T>> ask)
    {
        try
        {
            return (replica, await ask(replica).ConfigureAwait(false), null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException or OperationCanceledException)
        {
            return (replica, default, e.Message);
        }
    }
}
