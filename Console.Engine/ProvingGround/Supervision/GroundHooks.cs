using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Fleet.Agent;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Releases;

namespace OpsConsole.Engine.ProvingGround.Supervision;

/// <summary>What the agent of one of the ground's hosts really does. Only web hosts have a weight to take away. What is installed besides a release lies ready
/// first and is put in while the process is down, which it is within one step only: a stop between two steps leaves a host that runs.</summary>
internal sealed class GroundHooks(string id, GroundSupervisor supervisor, GroundClient client, GroundFolder folder, TimeProvider clock) : IHostHooks
{
    /// <summary>Shards a storage host reads back before it is given back.</summary>
    private const int Sample = 200;

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    /// <summary>A host that holds data may take so long after its start until it has found the others: an index member that is back hears of its leader first.</summary>
    private static readonly TimeSpan SettlesWithin = TimeSpan.FromSeconds(20);

    private GroundHost Host => supervisor.Plan[id];

    private GroundHost Router => supervisor.Plan.Router;

    public async Task<HookResult> DrainAsync(AgentOrder order, CancellationToken cancel)
    {
        if (Host.Role != GroundRole.Web)
        {
            return HookResult.Done();
        }

        await RouterTakesAsync(drained: true, cancel).ConfigureAwait(false);
        while (await client.RouterAsync(Router, long.MaxValue, cancel).ConfigureAwait(false) is not { } report || report.Hosts.Any(host => host.Id == id && host.InFlight > 0))
        {
            await Task.Delay(Between, clock, cancel).ConfigureAwait(false);
        }

        return HookResult.Done();
    }

    public Task<HookResult> InstallAsync(AgentOrder order, CancellationToken cancel)
    {
        PatchLevels.Stage(folder.Of(id), new(VersionOf(order, HostChangeKind.Firmware), VersionOf(order, HostChangeKind.OsPatch)));
        if (order.Release is null)
        {
            return Task.FromResult(HookResult.Done());
        }

        if (ReleaseShelf.Find(ReleaseShelf.ServiceOf(Host.Role), order.Release) is not { } release)
        {
            return Task.FromResult(HookResult.Failed($"there is no manifest of {order.Release} for a {Host.Role} host"));
        }

        GroundFolder.Replace(folder.ReleaseFile(id), release.Content);
        var installed = InstalledRelease.Read(folder.ReleaseFile(id));
        return Task.FromResult(HookResult.Done(digest: installed?.Digest));
    }

    public async Task<HookResult> StartAsync(AgentOrder order, CancellationToken cancel)
    {
        // The console may have been away so long that the drain has run out.
        if (Host.Role == GroundRole.Web)
        {
            await RouterTakesAsync(drained: true, cancel).ConfigureAwait(false);
        }

        return await supervisor.RestartAsync(id, cancel, () => PatchLevels.Install(folder.Of(id))).ConfigureAwait(false) is { } trouble ? HookResult.Failed(trouble) : HookResult.Done();
    }

    public async Task<HookResult> VerifyAsync(AgentOrder order, CancellationToken cancel)
    {
        if (await SettledAsync(cancel).ConfigureAwait(false) is not { } health)
        {
            return HookResult.Failed("it does not answer its health check");
        }

        if (health.Trouble is { } trouble)
        {
            return HookResult.Failed($"it runs {health.Version} and cannot reach what it needs: {trouble}");
        }

        return order.Digest is { } digest && health.Digest != digest ? HookResult.Failed($"it runs {health.Version} with digest {health.Digest}, not {digest}") : HookResult.Done(health.Version, health.Digest) with { Changes = Said(health), Sample = await SampleAsync(cancel).ConfigureAwait(false) };
    }

    public async Task<HookResult> RestoreAsync(AgentOrder order, CancellationToken cancel)
    {
        if (await client.HealthAsync(Host, deep: false, cancel).ConfigureAwait(false) is not { } health)
        {
            return HookResult.Failed("it does not answer its health check");
        }

        if (Host.Role == GroundRole.Web)
        {
            await RouterTakesAsync(drained: false, cancel).ConfigureAwait(false);
        }

        return HookResult.Done(health.Version);
    }

    public Task<HookResult> ReadOnlyOnAsync(AgentOrder order, CancellationToken cancel) => ReadOnlyAsync(on: true, cancel);

    public Task<HookResult> ReadOnlyOffAsync(AgentOrder order, CancellationToken cancel) => ReadOnlyAsync(on: false, cancel);

    public async Task<HostVitals> ReportAsync(CancellationToken cancel)
    {
        var health = await client.HealthAsync(Host, deep: false, cancel).ConfigureAwait(false);
        var memory = supervisor.RunningOf(id) is { } running ? ProcessTable.ResidentBytes(running.Pid) : null;
        return new HostVitals(id, clock.GetUtcNow(), health?.Version, health is not null, null, memory, health is null ? supervisor.TroubleOf(id) ?? "no answer" : null);
    }

    private async Task<HostHealth?> SettledAsync(CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            var health = await client.HealthAsync(Host, deep: true, cancel).ConfigureAwait(false);
            if (Host.Role == GroundRole.Web || health is { Trouble: null } || clock.GetElapsedTime(began) > SettlesWithin)
            {
                return health;
            }

            await Task.Delay(Between, clock, cancel).ConfigureAwait(false);
        }
    }

    private static string? VersionOf(AgentOrder order, HostChangeKind kind) => order.Changes.FirstOrDefault(change => change.Kind == kind)?.Version;

    private static ImmutableArray<HostChange> Said(HostHealth health) =>
        [.. new[] { new HostChange(HostChangeKind.Firmware, health.Firmware), new HostChange(HostChangeKind.OsPatch, health.OsPatch) }.Where(change => change.Version is not null)];

    private async Task<ShardSample?> SampleAsync(CancellationToken cancel) =>
        Host.Role == GroundRole.Storage && await client.ReadBackAsync(Host, Sample, cancel).ConfigureAwait(false) is { } back ? new(back.Checked, back.Mismatches) : null;

    private async Task<HookResult> ReadOnlyAsync(bool on, CancellationToken cancel)
    {
        // A storage host is told by its web hosts what to write: they are the ones that refuse.
        if (Host.Role != GroundRole.Web)
        {
            return HookResult.Done();
        }

        return await client.SetReadOnlyAsync(Host, on, cancel).ConfigureAwait(false) ? HookResult.Done() : HookResult.Failed("it does not answer");
    }

    /// <summary>A router that is restarting or busy makes no casualty of a host: it is asked again until it answers, or the order's deadline ends the step.</summary>
    private async Task RouterTakesAsync(bool drained, CancellationToken cancel)
    {
        while (!await client.SetDrainedAsync(Router, id, drained, cancel).ConfigureAwait(false))
        {
            await Task.Delay(Between, clock, cancel).ConfigureAwait(false);
        }
    }
}
