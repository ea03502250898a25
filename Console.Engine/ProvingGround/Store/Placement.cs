using System.Collections.Immutable;
using System.Text;
using OpsConsole.Engine.ProvingGround.Checksums;

namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>Which storage hosts hold a key: the same slot in every AZ, the nearest AZ first.</summary>
/// <param name="Slots">For each slot, one replica of each AZ.</param>
public sealed record Placement(ImmutableArray<ImmutableArray<IReplica>> Slots)
{
    public ImmutableArray<IReplica> Of(string bucket, string key) => Slots[(int)(Crc64Nvme.Compute(Encoding.UTF8.GetBytes($"{bucket}\0{key}")) % (ulong)Slots.Length)];

    public static Placement From(GroundPlan plan, string nearestAz, Func<GroundHost, IReplica> replica) =>
        new([.. plan.Of(GroundRole.Storage)
            .GroupBy(host => host.Slot)
            .OrderBy(slot => slot.Key)
            .Select(slot => slot.OrderBy(host => host.Az != nearestAz).ThenBy(host => host.Az, StringComparer.Ordinal).Select(replica).ToImmutableArray())]);
}
