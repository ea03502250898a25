using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Notifications;

/// <summary>What a transition touches; null in a place of the three means any.</summary>
internal sealed record NoticePlace(ImmutableHashSet<string>? Services, ImmutableHashSet<string>? Regions, ImmutableHashSet<string>? Partitions)
{
    private static readonly NoticePlace Everywhere = new(null, null, null);

    /// <summary>A stage's regions where it is about a stage, else all of the plan's.</summary>
    public static NoticePlace Of(Rollout rollout, Transition transition)
    {
        var stage = transition.Kind == TransitionKind.StageBegan ? rollout.Plan!.Stages.FirstOrDefault(one => one.Name == transition.Stage) : null;
        var regions = stage is null ? rollout.Plan!.Regions : stage.Waves.SelectMany(wave => wave.Regions);
        var list = regions.ToArray();
        return new([rollout.Service], [.. list.Select(region => region.Region)], [.. list.Select(region => region.Partition)]);
    }

    /// <summary>A global pull touches everything; that of an AZ, its region.</summary>
    public static NoticePlace Of(CordMove move, IStates states)
    {
        if (move.Scope.Kind == ScopeKind.Global)
        {
            return Everywhere;
        }

        if (move.Scope.Kind == ScopeKind.Service)
        {
            return new([move.Scope.Name], null, null);
        }

        var fleets = states.All<RegionFleet>(FleetStreams.Family).Select(fleet => fleet.State);
        var within = fleets.Where(fleet => move.Scope.Kind switch
        {
            ScopeKind.Partition => fleet.Partition == move.Scope.Name,
            ScopeKind.Region => fleet.Region == move.Scope.Name,
            ScopeKind.Store => fleet.Region == move.Scope.Region,
            _ => fleet.Hosts.Values.Any(host => host.Az == move.Scope.Name),
        }).ToArray();
        return new(move.Scope.Service is { } service ? [service] : null, [.. within.Select(fleet => fleet.Region)], [.. within.Select(fleet => fleet.Partition)]);
    }

    /// <summary>Whether it touches one of the scopes; a subscription without scopes listens to all.</summary>
    public bool Touches(ImmutableArray<Scope> scopes) =>
        scopes.IsEmpty || scopes.Any(scope => scope.Kind switch
        {
            ScopeKind.Global => true,
            ScopeKind.Service => Services?.Contains(scope.Name) ?? true,
            ScopeKind.Region => Regions?.Contains(scope.Name) ?? true,
            ScopeKind.Partition => Partitions?.Contains(scope.Name) ?? true,
            _ => false,
        });
}
