using System.Collections.Immutable;

namespace OpsConsole.Engine.ProvingGround.Repair;

/// <summary>What one storage host says of the placement groups it keeps whole.</summary>
/// <param name="Groups">How many it keeps.</param>
/// <param name="BySlack">Extents by how many more shards may go: place 0 for those that cannot be read now, then slack 0, 1, 2, 3, 4. Of the last inventory of each group.</param>
/// <param name="Repaired">Shards rebuilt and verified since the start.</param>
/// <param name="Failed">Rebuilds that did not come out since the start; each is tried again.</param>
/// <param name="Moves">Positions given to another host since the start.</param>
/// <param name="OldestSeconds">How long the oldest has waited; 0 where none waits.</param>
public sealed record RepairStats(string Host, int Groups, ImmutableArray<int> BySlack, int Queue, long Repaired, long Failed, long Moves, double OldestSeconds)
{
    public const int Places = 6;
}
