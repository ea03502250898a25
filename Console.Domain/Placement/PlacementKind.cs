namespace OpsConsole.Domain.Placement;

/// <summary>How sets choose their hosts.</summary>
public enum PlacementKind
{
    /// <summary>Each shard of a set on a host of another position class: hosts of one class share no set, and a whole class may go at once.</summary>
    Classes,

    /// <summary>A few shuffles of the fleet, cut into groups; every set is one of the groups. Few hosts share sets with a host, and what is lost together is lost in few places.</summary>
    Copysets,

    /// <summary>Any hosts: nearly every host shares a set with every other, so that few may go at once.</summary>
    Random,
}
