using OpsConsole.Engine.Fleet.Agent;

namespace OpsConsole.Tests.Fleet.Agent;

/// <summary>Hooks that do as a test says.</summary>
internal sealed class ScriptedHooks : IHostHooks
{
    private readonly TaskCompletionSource _go = new();

    public List<string> Called { get; } = [];

    public HookResult Result { get; set; } = HookResult.Done("v2");

    public bool Hang { get; set; }

    public Exception? Throws { get; set; }

    public void Go() => _go.SetResult();

    public Task<HookResult> DrainAsync(AgentOrder order, CancellationToken cancel) => CallAsync(order, cancel);

    public Task<HookResult> InstallAsync(AgentOrder order, CancellationToken cancel) => CallAsync(order, cancel);

    public Task<HookResult> StartAsync(AgentOrder order, CancellationToken cancel) => CallAsync(order, cancel);

    public Task<HookResult> VerifyAsync(AgentOrder order, CancellationToken cancel) => CallAsync(order, cancel);

    public Task<HookResult> RestoreAsync(AgentOrder order, CancellationToken cancel) => CallAsync(order, cancel);

    public Task<HookResult> ReadOnlyOnAsync(AgentOrder order, CancellationToken cancel) => CallAsync(order, cancel);

    public Task<HookResult> ReadOnlyOffAsync(AgentOrder order, CancellationToken cancel) => CallAsync(order, cancel);

    public Task<HostVitals> ReportAsync(CancellationToken cancel) => Task.FromResult(new HostVitals("h1", default, null, true, null, null));

    private async Task<HookResult> CallAsync(AgentOrder order, CancellationToken cancel)
    {
        Called.Add(order.Step.ToString());
        if (Throws is not null)
        {
            throw Throws;
        }

        if (Hang)
        {
            await _go.Task.WaitAsync(cancel);
        }

        return Result;
    }
}
