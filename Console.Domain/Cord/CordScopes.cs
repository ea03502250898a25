using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Cord;

/// <summary>Whether a scope names something that is there: a pull with a slip of the pen would stop nothing and look as if it did.</summary>
internal static class CordScopes
{
    public static Rejection? Check(Scope scope, IStates states) =>
        Exists(scope, states)
            ? null
            : new Rejection(
                RejectionKind.NotFound,
                "cord.unknown-scope",
                $"The cord was not pulled for {scope}.",
                $"The fleet has no {scope.Kind.ToString().ToLowerInvariant()} named '{scope.Name}'.",
                "Choose one of the fleet's, or pull it for all with 'global'.");

    public static bool Exists(Scope scope, IStates states)
    {
        var regions = states.All<RegionFleet>(FleetStreams.Family).Select(region => region.State).ToArray();
        return scope.Kind switch
        {
            ScopeKind.Global => true,
            ScopeKind.Partition => regions.Any(region => region.Partition == scope.Name),
            ScopeKind.Region => regions.Any(region => region.Region == scope.Name),

            // An AZ is nearly always named after its region: look there first, and only then everywhere.
            ScopeKind.Az => regions.OrderByDescending(region => scope.Name.StartsWith(region.Region, StringComparison.Ordinal)).Any(region => region.Hosts.Values.Any(host => host.Az == scope.Name)),
            ScopeKind.Store => regions.Any(region => region.Region == scope.Region && region.Hosts.Values.Any(host => host.Service == scope.Service)),
            _ => regions.Any(region => region.Hosts.Values.Any(host => host.Service == scope.Name)),
        };
    }
}
