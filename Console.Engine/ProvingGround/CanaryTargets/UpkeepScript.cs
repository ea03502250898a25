using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Domain.Canaries.Scheduling;
using OpsConsole.Engine.Canaries.Running;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Probing;
using OpsConsole.Engine.ProvingGround.Store;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Engine.ProvingGround.CanaryTargets;

/// <summary>
/// The script <c>store-upkeep</c>: what customers would notice only later. It has the host store small objects and looks at every shard of them, and it asks so
/// often that a host which keeps something of each request shows it in its memory.
/// </summary>
internal sealed class UpkeepScript(GroundSupervisor supervisor, StoreInside inside, GroundClient client, CanaryKeySets sets, TimeProvider clock) : ICanaryWork
{
    public const string Name = "store-upkeep";

    private const int Objects = 60;
    private const int Keys = 8;
    private const int Bytes = 100;
    private const int Warm = 150;
    private const int Asked = 300;

    /// <summary>Of memory for each request: what a host may keep and still be well. Pools and compiled code are filled after <see cref="Warm"/> requests.</summary>
    private const double MostKept = 60 * 1024;

    public bool Does(Canary canary) => canary.Script == Name;

    public async Task DoAsync(CanaryAttempt attempt, CancellationToken cancel)
    {
        if (attempt.Target.Host is not { } host)
        {
            throw new InvalidOperationException("it looks at one host; it was given a front door");
        }

        var set = sets.Take(attempt);
        try
        {
            if (await ShardsAsync(attempt, set, cancel).ConfigureAwait(false))
            {
                await MemoryAsync(attempt, host, set, cancel).ConfigureAwait(false);
            }
        }
        finally
        {
            sets.GiveBack(set);
        }
    }

    private async Task<bool> ShardsAsync(CanaryAttempt attempt, string set, CancellationToken cancel)
    {
        var random = new Random((int)(Spread.Of(2, attempt.Text.Run) * int.MaxValue));
        var bucket = new Uri(attempt.Target.Address, $"/{ProbeScript.Bucket}");
        if (!await attempt.AskAsync("bucket", Put(bucket, []), answer => answer.Status is 200 or 409 ? null : $"expected 200 or 409, got {answer.Status}", cancel).ConfigureAwait(false))
        {
            return false;
        }

        var (began, looked) = (clock.GetTimestamp(), 0);
        for (var number = 0; number < Objects; number++)
        {
            var (key, body) = ($"{set}/{number % Keys}", new byte[Bytes]);
            random.NextBytes(body);
            if (!await attempt.AskAsync("put", Put(new Uri(attempt.Target.Address, $"/{ProbeScript.Bucket}/{key}"), body), answer => answer.Status == 200 ? null : $"expected 200, got {answer.Status}", cancel).ConfigureAwait(false))
            {
                return false;
            }

            var (shards, wrong, words) = await LookAsync(key, cancel).ConfigureAwait(false);
            looked += shards;
            if (wrong > 0)
            {
                return attempt.Add("shards", StepEnd.Wrong, clock.GetElapsedTime(began), attempt.HeldUpFor(clock.GetElapsedTime(began)), $"/{ProbeScript.Bucket}/{key}: {words}");
            }
        }

        return looked == 0 || attempt.Add("shards", StepEnd.Right, TimeSpan.Zero, TimeSpan.Zero, "");
    }

    /// <summary>A store that cannot be looked into says nothing of who wrote to it.</summary>
    private async Task<(int Looked, int Wrong, string? Words)> LookAsync(string key, CancellationToken cancel)
    {
        try
        {
            return await inside.Audit.LookAsync(ProbeScript.Bucket, key, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or StoreUnavailableException)
        {
            return (0, 0, null);
        }
    }

    private async Task MemoryAsync(CanaryAttempt attempt, string host, string set, CancellationToken cancel)
    {
        var key = new Uri(attempt.Target.Address, $"/{ProbeScript.Bucket}/{set}/0");
        if (!await AskAsync(attempt, key, Warm, cancel).ConfigureAwait(false) || await ResidentAsync(host, cancel).ConfigureAwait(false) is not { } before
            || !await AskAsync(attempt, key, Asked, cancel).ConfigureAwait(false) || await ResidentAsync(host, cancel).ConfigureAwait(false) is not { } after || after.Pid != before.Pid)
        {
            // Not all of it was asked of one process: nothing is known of its memory.
            return;
        }

        var kept = (after.Bytes - before.Bytes) / (double)Asked;
        attempt.Add("memory", kept > MostKept ? StepEnd.Wrong : StepEnd.Right, TimeSpan.Zero, TimeSpan.Zero, kept > MostKept ? FormattableString.Invariant($"expected {MostKept / 1024:F0} KB at most to be kept for each request, got {kept / 1024:F0} KB over {Asked} requests") : "");
    }

    private static async Task<bool> AskAsync(CanaryAttempt attempt, Uri key, int times, CancellationToken cancel)
    {
        for (var asked = 0; asked < times; asked++)
        {
            if (await attempt.PrepareAsync(new HttpRequestMessage(HttpMethod.Get, key), cancel).ConfigureAwait(false) is null)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<(int Pid, long Bytes)?> ResidentAsync(string host, CancellationToken cancel) =>
        await client.HealthAsync(supervisor.Plan[host], deep: false, cancel).ConfigureAwait(false) is { } health && ProcessTable.ResidentBytes(health.Pid) is { } bytes ? (health.Pid, bytes) : null;

    private static HttpRequestMessage Put(Uri at, byte[] body) => new(HttpMethod.Put, at) { Content = new ByteArrayContent(body) };
}
