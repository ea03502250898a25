using OpsConsole.Engine.Fleet.Agent;

namespace OpsConsole.Tests.FleetUpdate.Ground;

/// <summary>A host that lets itself be drained and patched, then dies in the middle of its outage: no answer ever comes.</summary>
internal sealed class DyingHost(string id, Action kill) : IHostHooks
{
    public Task<HookResult> DrainAsync(AgentOrder order, CancellationToken cancel) => Task.FromResult(HookResult.Done());

    public Task<HookResult> InstallAsync(AgentOrder order, CancellationToken cancel) => Task.FromResult(HookResult.Done());

    public async Task<HookResult> StartAsync(AgentOrder order, CancellationToken cancel)
    {
        kill();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        return HookResult.Done();
    }

    public Task<HookResult> VerifyAsync(AgentOrder order, CancellationToken cancel) => StartAsync(order, cancel);

    public Task<HookResult> RestoreAsync(AgentOrder order, CancellationToken cancel) => StartAsync(order, cancel);

    public Task<HookResult> ReadOnlyOnAsync(AgentOrder order, CancellationToken cancel) => Task.FromResult(HookResult.Done());

    public Task<HookResult> ReadOnlyOffAsync(AgentOrder order, CancellationToken cancel) => Task.FromResult(HookResult.Done());

    public Task<HostVitals> ReportAsync(CancellationToken cancel) => Task.FromResult(new HostVitals(id, TimeProvider.System.GetUtcNow(), null, false, null, null));
}
