using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Domain.Canaries.Scheduling;
using OpsConsole.Engine.Canaries.Running;
using OpsConsole.Engine.ProvingGround.Probing;
using OpsConsole.Engine.ProvingGround.Storage;

namespace OpsConsole.Engine.ProvingGround.CanaryTargets;

/// <summary>
/// The script <c>store-shards</c>: has one storage host keep small shards and give each back. What it acknowledged and does not give back whole, no reader would miss while the others of an object are there;
/// that is a lie. A host that refuses, is full, or does not answer has acknowledged nothing: it is dying or stalled.
/// </summary>
internal sealed class ShardScript(IShardHosts hosts, TimeProvider clock) : ICanaryWork
{
    public const string Name = "store-shards";

    /// <summary>In a turn. A host that loses one in fifty is found by a turn with 73 %, by five with 99.8 %.</summary>
    public const int Shards = 64;

    /// <summary>Asked at once: puts that wait together are flushed together.</summary>
    public const int Lanes = 8;

    /// <summary>Written out where something failed.</summary>
    private const int MostSaid = 3;

    /// <summary>A turn that was told to end has a second for it.</summary>
    private static readonly TimeSpan TakesAway = TimeSpan.FromMilliseconds(500);

    public bool Does(Canary canary) => canary.Script == Name;

    public async Task DoAsync(CanaryAttempt attempt, CancellationToken cancel)
    {
        if (attempt.Target.Host is not { } name || hosts.Find(name) is not { } host)
        {
            throw new InvalidOperationException($"it asks a storage host; it was given {attempt.Target.Host ?? "a front door"}");
        }

        var random = new Random((int)(Spread.Of(3, attempt.Text.Run) * int.MaxValue));
        ProbeShard[] shards = [.. Enumerable.Range(0, Shards).Select(_ => new ProbeShard(random))];
        try
        {
            await AskAsync(attempt, host, shards, cancel).ConfigureAwait(false);
        }
        finally
        {
            using var limit = new CancellationTokenSource(TakesAway, clock);
            await ProbeShard.TakeAwayAsync(host, shards, limit.Token).ConfigureAwait(false);
        }
    }

    private async Task AskAsync(CanaryAttempt attempt, IShardHost host, ProbeShard[] shards, CancellationToken cancel)
    {
        var process = hosts.ProcessOf(host.Host);
        var put = await EachAsync(attempt, shards, (shard, token) => PutAsync(host, shard, token), cancel).ConfigureAwait(false);
        if (!Tell(attempt, host, "put", put))
        {
            return;
        }

        var got = await EachAsync(attempt, shards, async (shard, token) => await shard.WrongAsync(host, token).ConfigureAwait(false) is { } wrong ? (StepEnd.Wrong, wrong) : (StepEnd.Right, ""), cancel).ConfigureAwait(false);

        // Shards of probes end with the process that was given them.
        Tell(attempt, host, "get", Equals(process, hosts.ProcessOf(host.Host)) ? got : [.. got.Select(one => one.End == StepEnd.Wrong ? one with { End = StepEnd.BrokenOff, Detail = $"{host.Host} was started again between put and get" } : one)]);
    }

    private static async Task<(StepEnd, string)> PutAsync(IShardHost host, ProbeShard shard, CancellationToken cancel) =>
        await shard.PutAsync(host, cancel).ConfigureAwait(false) switch
        {
            ShardPut.Kept => (StepEnd.Right, ""),
            ShardPut.Full => (StepEnd.Refused, $"expected {host.Host} to keep shard {shard.Name}, it says that it is full"),
            _ => (StepEnd.Wrong, $"expected {host.Host} to keep shard {shard.Name}, it says that its bytes do not have their checksum"),
        };

    /// <summary>Asks for each; no more where no answer came, since a host that is gone is not to be asked sixty times.</summary>
    private async Task<List<Outcome>> EachAsync(CanaryAttempt attempt, ProbeShard[] shards, Func<ProbeShard, CancellationToken, Task<(StepEnd End, string Detail)>> ask, CancellationToken cancel)
    {
        var (all, gate, gone) = (new List<Outcome>(shards.Length), new Lock(), false);
        await Parallel.ForEachAsync(shards, new ParallelOptions { MaxDegreeOfParallelism = Lanes, CancellationToken = cancel }, async (shard, token) =>
        {
            if (Volatile.Read(ref gone))
            {
                return;
            }

            var asked = await OneAsync(attempt, shard, ask, token).ConfigureAwait(false);
            Volatile.Write(ref gone, gone || asked.End is not (StepEnd.Right or StepEnd.Wrong));
            lock (gate)
            {
                all.Add(asked);
            }
        }).ConfigureAwait(false);
        return all;
    }

    private async Task<Outcome> OneAsync(CanaryAttempt attempt, ProbeShard shard, Func<ProbeShard, CancellationToken, Task<(StepEnd End, string Detail)>> ask, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        using var limit = new CancellationTokenSource(attempt.Canary.Limits.Step, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        StepEnd end;
        string detail;
        try
        {
            (end, detail) = await ask(shard, either.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (e.StatusCode is { } status)
        {
            (end, detail) = (StepEnd.Refused, $"expected shard {shard.Name} to be taken or given, got {(int)status}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            (end, detail) = (StepEnd.TimedOut, "expected an answer, got none in time");
        }
        catch (Exception e) when (WireFacts.Of(e) is { } fact)
        {
            (end, detail) = (fact, $"expected an answer, got none: {e.GetBaseException().Message}");
        }

        var took = clock.GetElapsedTime(began);
        return new(shard.Name, end, detail, took, attempt.HeldUpFor(took));
    }

    /// <summary>One step for all of them: a lie before anything else, then what did not answer, then the slowest.</summary>
    private static bool Tell(CanaryAttempt attempt, IShardHost host, string step, IReadOnlyCollection<Outcome> all)
    {
        var failed = all.Where(one => one.End != StepEnd.Right).OrderByDescending(one => one.End == StepEnd.Wrong).ToArray();
        attempt.Say(failed.Take(MostSaid).Select(one => new Exchange(step, $"{step} shard {one.Name} at {host.Host}", one.Detail, one.Took)));
        var worst = failed.FirstOrDefault() ?? all.MaxBy(one => one.Took)!;
        var lies = failed.Count(one => one.End == StepEnd.Wrong);
        return attempt.Add(step, worst.End, worst.Took, worst.HeldUp, lies > 1 ? $"{worst.Detail} ({lies} of {all.Count} shards)" : worst.Detail);
    }

    private sealed record Outcome(ShardName Name, StepEnd End, string Detail, TimeSpan Took, TimeSpan HeldUp);
}
