using OpsConsole.Domain.ProvingGround.Placement;

namespace OpsConsole.Domain.ProvingGround.Index;

internal static class PlacementChanges
{
    public static Change Set(IndexState state, SetPlacement set, Moment at) =>
        state.Placement is null && set.Map.IsWhole ? at.Done(state with { Placement = set.Map }) : Moment.Refused(state, IndexRefusal.StalePlacement);

    public static Change Begin(IndexState state, BeginGeneration begin, Moment at) =>
        state.Placement is { } map && map.Generation == begin.Expected ? at.Done(state with { Placement = map with { Generation = begin.Expected + 1 } }) : Moment.Refused(state, IndexRefusal.StalePlacement);

    public static Change Move(IndexState state, MovePosition move, Moment at)
    {
        if (state.Placement is not { } map || move.Group < 0 || move.Group >= map.Groups.Length || move.Position is < 0 or >= PlacementMap.Positions || map.Groups[move.Group].Epoch != move.Expected)
        {
            return Moment.Refused(state, IndexRefusal.StalePlacement);
        }

        var group = map.Groups[move.Group];
        var moved = group with { Hosts = group.Hosts.SetItem(move.Position, move.Host), Epoch = group.Epoch + 1 };
        return at.Done(state with { Placement = map with { Groups = map.Groups.SetItem(move.Group, moved) } });
    }
}
