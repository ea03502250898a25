using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Fleet;

namespace OpsConsole.Web.Fleet;

/// <summary>Which hosts a person wants to see; null fields let all through.</summary>
/// <param name="Text">Within the id, the rack or the instance type.</param>
/// <param name="Release">A version, or <c>unknown</c> for hosts that never said.</param>
public sealed record HostFilter(Scope? Scope = null, string? Az = null, string? Rack = null, HostState? State = null, HostRole? Role = null, string? Release = null, string? Text = null)
{
    public const string NoRelease = "unknown";

    public bool Any => (Scope ?? (object?)Az ?? Rack ?? Release ?? Text) is not null || State is not null || Role is not null;

    /// <summary>The hosts that match, in the order of region, AZ, rack and id.</summary>
    public IReadOnlyList<Host> In(FleetSummary fleet) => [.. fleet.Regions.SelectMany(region => region.Hosts).Where(Lets)];

    public bool Lets(Host host) =>
        (Scope is null || Holds(Scope, host))
        && (Az is null || host.Az == Az)
        && (Rack is null || host.Rack == Rack)
        && (State is null || host.State == State)
        && (Role is null || host.Role == Role)
        && (Release is null || (host.Release ?? NoRelease) == Release)
        && (Text is null || host.Id.Contains(Text, StringComparison.OrdinalIgnoreCase) || host.Rack.Contains(Text, StringComparison.OrdinalIgnoreCase) || host.InstanceType.Contains(Text, StringComparison.OrdinalIgnoreCase));

    private static bool Holds(Scope scope, Host host) =>
        scope.Kind switch
        {
            ScopeKind.Partition => host.Partition == scope.Name,
            ScopeKind.Region => host.Region == scope.Name,
            ScopeKind.Az => host.Az == scope.Name,
            ScopeKind.Service => host.Service == scope.Name,
            ScopeKind.Store => host.Service == scope.Service && host.Region == scope.Region,
            _ => true,
        };
}
