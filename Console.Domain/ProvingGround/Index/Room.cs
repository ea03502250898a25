using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Index;

/// <summary>Whether what is to be named may be: there is room for it, and its shards lie where the placement says now and may not have been removed meanwhile.</summary>
internal static class Room
{
    public static IndexRefusal Refusal(IndexState state, ImmutableArray<Extent> extents, int objects = 0, int uploads = 0)
    {
        if (state.Objects + objects > state.Limits.Objects || state.Uploads + uploads > state.Limits.Uploads || state.Live.Count + extents.Length > state.Limits.Extents)
        {
            return IndexRefusal.Full;
        }

        foreach (var extent in extents)
        {
            if (!Placed(state, extent))
            {
                return IndexRefusal.StalePlacement;
            }
        }

        return IndexRefusal.None;
    }

    /// <summary>An extent that is named already has been kept up with every move since; another must have been written under the placement of now, and not so long ago that its shards may be gone.</summary>
    private static bool Placed(IndexState state, Extent extent) =>
        state.Live.Has(extent.Group, extent.Blob) || (state.Placement is { } map && extent.Group >= 0 && extent.Group < map.Groups.Length && map.Groups[extent.Group].Epoch == extent.Epoch && Generations.MayBeNamed(extent.Born, map.Generation));
}
