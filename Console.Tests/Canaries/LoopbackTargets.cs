using OpsConsole.Domain.Canaries;
using OpsConsole.Engine.Canaries.Targets;

namespace OpsConsole.Tests.Canaries;

/// <summary>Targets on this machine, as a world gives them.</summary>
internal sealed class LoopbackTargets : ICanaryTargets, IDisposable
{
    private readonly HttpMessageInvoker _way = new(PlainHttp.Handler());

    public List<CanaryTarget> Targets { get; } = [];

    /// <summary>Called whenever the runner asks where it can look.</summary>
    public Action? Asked { get; set; }

    public CanaryTarget Add(Uri address, Vantage vantage = Vantage.Outside, string region = "test-1", string? host = null)
    {
        var target = new CanaryTarget("web", "test", region, vantage, address) { Host = host };
        Targets.Add(target);
        return target;
    }

    public IEnumerable<CanaryTarget> Now()
    {
        Asked?.Invoke();
        return [.. Targets];
    }

    public HttpMessageInvoker WayTo(CanaryTarget target) => _way;

    public void Dispose() => _way.Dispose();
}
