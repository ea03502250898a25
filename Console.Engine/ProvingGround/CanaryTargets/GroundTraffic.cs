using OpsConsole.Engine.Canaries.Silence;
using OpsConsole.Engine.ProvingGround.Health;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Engine.ProvingGround.CanaryTargets;

/// <summary>The ground's customers, as the router counted them; the canaries at the front door are among them, a few requests a second.</summary>
internal sealed class GroundTraffic(GroundSupervisor supervisor, GroundObservations seen) : ICustomerTraffic
{
    private readonly CountedService _web = new("web", supervisor.Plan.Partition, supervisor.Plan.Region);

    private long _from;

    public IEnumerable<CountedService> Services => supervisor.Ready.IsCompletedSuccessfully ? [_web] : [];

    public double? Requests(CountedService service, long minute)
    {
        var (from, to) = (minute * 60, (minute + 1) * 60);
        if (seen.RouterFailure is not null)
        {
            return null;
        }

        // The minute in which counting began is not whole.
        _from = _from == 0 ? to : _from;
        return from < _from ? null : supervisor.Plan.Of(GroundRole.Web).Sum(host => (double)seen.Router.Sum(host.Id, new Window(from, to)).All);
    }
}
