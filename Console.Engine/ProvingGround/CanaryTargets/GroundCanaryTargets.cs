using OpsConsole.Domain.Canaries;
using OpsConsole.Engine.Canaries.Targets;
using OpsConsole.Engine.ProvingGround.Releases;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Engine.ProvingGround.CanaryTargets;

/// <summary>Where canaries look at the ground: at the router as customers do, at each web host past it, at the validator, and at each storage host. Hosts held out of service are not asked.</summary>
public sealed class GroundCanaryTargets : ICanaryTargets, IDisposable
{
    private readonly GroundSupervisor _supervisor;
    private readonly Lazy<HttpMessageInvoker> _way;

    public GroundCanaryTargets(GroundSupervisor supervisor, GroundFolder folder, TimeProvider clock)
    {
        _supervisor = supervisor;
        _way = new(() => new HttpMessageInvoker(new SigningWay(PlainHttp.Handler(), folder.Accounts().Probe, supervisor.Plan.Region, clock)));
    }

    public IEnumerable<CanaryTarget> Now()
    {
        if (!_supervisor.Ready.IsCompletedSuccessfully)
        {
            return [];
        }

        var plan = _supervisor.Plan;
        return plan.Of(GroundRole.Web).Concat(plan.Of(GroundRole.Storage)).Where(host => !_supervisor.IsHeldOut(host.Id))
            .Select(host => Target(plan, host, host.Validator ? Vantage.Validator : Vantage.Inside) with { Service = ReleaseShelf.ServiceOf(host.Role), Az = host.Az, Host = host.Id })
            .Prepend(Target(plan, plan.Router, Vantage.Outside));
    }

    /// <summary>As the store's customers have it. Storage hosts refuse it: only what ships with the ground may ask them (<see cref="StoreInside"/>).</summary>
    public HttpMessageInvoker WayTo(CanaryTarget target) => _way.Value;

    public void Dispose()
    {
        if (_way.IsValueCreated)
        {
            _way.Value.Dispose();
        }
    }

    private static CanaryTarget Target(GroundPlan plan, GroundHost host, Vantage vantage) => new("web", plan.Partition, plan.Region, vantage, host.Address);
}
