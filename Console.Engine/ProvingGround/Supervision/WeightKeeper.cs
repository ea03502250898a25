using Microsoft.Extensions.Hosting;

namespace OpsConsole.Engine.ProvingGround.Supervision;

/// <summary>
/// Renews, as long as the console lives, the leases of hosts that it holds out of traffic. It only prolongs: a host that a visit gave back in the same
/// moment is not taken out again.
/// </summary>
internal sealed class WeightKeeper(GroundSupervisor supervisor, GroundClient client, TimeProvider clock) : BackgroundService
{
    /// <summary>How long the router goes on without the console before a host that is out comes back.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Round, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            var held = supervisor.Plan.Of(GroundRole.Web).Where(host => supervisor.IsHeldOut(host.Id));
            await Task.WhenAll(held.Select(host => client.RenewWeightAsync(supervisor.Plan.Router, host.Id, Lease, stoppingToken))).ConfigureAwait(false);
        }
    }
}
