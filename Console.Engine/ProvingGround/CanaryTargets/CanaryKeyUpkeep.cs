using Microsoft.Extensions.Hosting;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Probing;
using OpsConsole.Engine.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Engine.ProvingGround.CanaryTargets;

/// <summary>
/// Keeps canaries' keys few: deletes the sets that were given back, and once a minute looks for what attempts left that did not end as they should: those of a killed
/// console, those whose deletion failed, puts that took effect after their attempt.
/// </summary>
internal sealed class CanaryKeyUpkeep(GroundSupervisor supervisor, GroundFolder folder, CanaryKeySets sets, TimeProvider clock) : BackgroundService
{
    /// <summary>Ten times as long as the longest attempt of a shipped canary.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromMinutes(7);

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly (string Bucket, string Prefix, LeftoverKeys Leftovers)[] _places =
    [
        (ProbeScript.Bucket, CanaryKeySets.Prefix, new(Age)),
        (GroundCanaries.Bucket, GroundCanaries.Prefix, new(Age)),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await supervisor.Ready.WaitAsync(stoppingToken).ConfigureAwait(false);
        using var http = GroundHttp.Make(limit: Limit);
        var cleaner = new CanaryKeyCleaner(new SignedClient(http, folder.Accounts().Probe, supervisor.Plan.Region, clock), () => supervisor.Plan.Router.Address);
        await Task.WhenAll(DeleteGivenAsync(cleaner, stoppingToken), LookAsync(cleaner, stoppingToken)).ConfigureAwait(false);
    }

    private async Task DeleteGivenAsync(CanaryKeyCleaner cleaner, CancellationToken cancel)
    {
        await foreach (var set in sets.Given.ReadAllAsync(cancel).ConfigureAwait(false))
        {
            await cleaner.DeleteAsync(ProbeScript.Bucket, await cleaner.FindAsync(ProbeScript.Bucket, set + "/", cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
        }
    }

    private async Task LookAsync(CanaryKeyCleaner cleaner, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(cancel).ConfigureAwait(false))
        {
            foreach (var (bucket, prefix, leftovers) in _places)
            {
                var found = await cleaner.FindAsync(bucket, prefix, cancel).ConfigureAwait(false);
                await cleaner.DeleteAsync(bucket, leftovers.Look(found.Where(key => !sets.IsTaken(key)), clock.GetElapsedTime(began)), cancel).ConfigureAwait(false);
            }
        }
    }
}
