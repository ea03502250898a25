using System.Collections.Concurrent;
using OpsConsole.Domain.ProvingGround.Routing;
using OpsConsole.Engine.ProvingGround.Behaviours;
using OpsConsole.Engine.ProvingGround.Hosting;

namespace OpsConsole.Engine.ProvingGround.Routing;

/// <summary>Who gets the next request: by weight among the healthy that are not drained; where none is healthy, among all with weight, since a try costs nothing.</summary>
internal sealed class RouteTable(PlanWatch plan, Func<RouterWeights> weights, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, RoutedHost> _hosts = new();
    private readonly Dice _dice = new(plan.Current.Seed);

    public IEnumerable<(GroundHost Host, RoutedHost State)> All => plan.Current.Of(GroundRole.Web).Select(host => (host, _hosts.GetOrAdd(host.Id, id => new RoutedHost(id, clock))));

    /// <summary>Null where nobody is left to try.</summary>
    public (GroundHost Host, RoutedHost State)? Pick(IReadOnlyCollection<string> tried)
    {
        var current = weights();
        var open = All.Where(one => !tried.Contains(one.Host.Id) && current.Of(one.Host.Id, one.Host.Validator).Takes).ToArray();
        var healthy = open.Where(one => one.State.Healthy).ToArray();
        var among = healthy.Length > 0 ? healthy : open;
        if (among.Length == 0)
        {
            return null;
        }

        var ticket = _dice.Below(among.Sum(one => current.Of(one.Host.Id, one.Host.Validator).Weight));
        foreach (var one in among)
        {
            ticket -= current.Of(one.Host.Id, one.Host.Validator).Weight;
            if (ticket < 0)
            {
                return one;
            }
        }

        return among[^1];
    }
}
