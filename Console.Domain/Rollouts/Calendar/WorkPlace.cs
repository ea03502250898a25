using OpsConsole.Domain.Access;

namespace OpsConsole.Domain.Rollouts.Calendar;

/// <summary>Where work is to begin.</summary>
public sealed record WorkPlace(string Partition, string Region, string Az, string Service)
{
    public bool Within(Scope scope) =>
        scope.Kind switch
        {
            ScopeKind.Global => true,
            ScopeKind.Partition => scope.Name == Partition,
            ScopeKind.Region => scope.Name == Region,
            ScopeKind.Az => scope.Name == Az,
            ScopeKind.Store => scope.Service == Service && scope.Region == Region,
            _ => scope.Name == Service,
        };
}
