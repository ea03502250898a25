using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Consensus;

/// <summary>Who decides together, and how patiently. All times are of a monotonic clock.</summary>
/// <param name="Members">All of them, this one too; an odd number, at least three.</param>
/// <param name="Founders">The incarnations that begin the group, the same for all members and for ever.</param>
public sealed record RaftSettings(string Me, ImmutableArray<string> Members, Membership Founders)
{
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>No member helps to elect another leader sooner than this after it heard of one, or after it started.</summary>
    public TimeSpan ElectionLeast { get; init; } = TimeSpan.FromMilliseconds(1_000);

    /// <summary>Members wait different times up to this, so that not all stand at once.</summary>
    public TimeSpan ElectionMost { get; init; } = TimeSpan.FromMilliseconds(2_000);

    /// <summary>How long after it sent a heartbeat that a majority answered a leader knows itself the only one. The difference to <see cref="ElectionLeast"/> is what clocks may drift apart in that time.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>Entries in one message.</summary>
    public int BatchEntries { get; init; } = 1_000;

    /// <summary>Bytes of entries in one message, not counting the last.</summary>
    public int BatchBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of a snapshot in one message.</summary>
    public int ChunkBytes { get; init; } = 256 << 10;

    public int Majority => (Members.Length / 2) + 1;
}
