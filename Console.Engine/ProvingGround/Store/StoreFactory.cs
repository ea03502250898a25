using OpsConsole.Engine.ProvingGround.Behaviours;
using OpsConsole.Engine.ProvingGround.Hosting;

namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>The one place that says which store lies behind the web hosts.</summary>
internal static class StoreFactory
{
    public static IObjectStore Make(RoleContext context, Behaviour behaviour, HttpClient http)
    {
        var plan = context.Plan.Current;
        var placement = Placement.From(
            plan,
            context.Me.Az,
            host => new HttpReplica(host.Id, () => behaviour.Reach(context.Plan.Current[host.Id].Address), http, context.Clock));
        var writer = plan.Of(GroundRole.Web).Select(host => host.Id).Order(StringComparer.Ordinal).ToList().IndexOf(context.Me.Id);
        return new ReplicatedStore(placement, new VersionClock(context.Clock, writer), context.Clock);
    }
}
