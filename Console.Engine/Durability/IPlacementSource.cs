using System.Collections.Immutable;
using OpsConsole.Domain.Durability;
using OpsConsole.Domain.Durability.Sets;
using OpsConsole.Domain.Placement;

namespace OpsConsole.Engine.Durability;

/// <summary>One store: a service in a region.</summary>
public sealed record StoreName(string Service, string Region)
{
    public override string ToString() => $"{Service}/{Region}";
}

/// <summary>Tells where the sets of some stores lie and which of their hosts count as gone. Asked every few seconds; quick, no waiting.</summary>
public interface IPlacementSource
{
    /// <summary>Those whose durability is reckoned.</summary>
    IEnumerable<StoreName> Stores { get; }

    /// <summary>Answers also for stores that are not listed, such as quorums of an index: hosts are reserved there too. Null where it is not known, or not yet. The same object while nothing changed; its placement and its gone hosts, too, stay the same objects while they are the same.</summary>
    StorePlacement? Now(StoreName store);
}

/// <summary>A store's placement as of one look.</summary>
/// <param name="Gone">Hosts that count as gone, by their place: failed, suspect, not heard of, or taken for work, since work may never give one back.</param>
/// <param name="Partition">Of the region.</param>
/// <param name="At">When it was looked at; null where it follows from the console's own journal and cannot be old.</param>
/// <param name="Assumed">What is assumed of this store unless somebody asks with something else.</param>
public sealed record StorePlacement(SetPlacement Placement, ImmutableHashSet<int> Gone, string Partition, bool Simulated, DateTimeOffset? At, FailureAssumptions Assumed)
{
    /// <summary>What must be survived while hosts are at work, each of them counted as gone for good. All hold.</summary>
    public ImmutableArray<SurviveScenario> Survive { get; init; } = [new(AzLost: true, ExtraFailures: 0)];

    /// <summary>What must be survived while nobody works, with lost hosts alone gone: where it is not, a set is mended before planned work goes on. Empty: nothing besides.</summary>
    public ImmutableArray<SurviveScenario> Steady { get; init; } = [];

    /// <summary>Null where the pace at which all hosts rebuild is not known.</summary>
    public RepairPower? Power { get; init; }

    /// <summary>Null where the store does not tell.</summary>
    public StoreIntegrity? Integrity { get; init; }
}

/// <summary>What a store finds out about its own bytes.</summary>
/// <param name="Shards">Kept, on the hosts that answer.</param>
/// <param name="Corrupt">Met by reads and scrub since the hosts started.</param>
/// <param name="Mismatches">Chance of as many or more if one shard in a million is corrupt, over the shards kept: small is not chance.</param>
/// <param name="ScrubDone">Share of the pass under way on the host that is least far, 0 to 1.</param>
/// <param name="ScrubAge">Since the last whole pass of the host whose is longest ago.</param>
/// <param name="ScrubBound">Within which every pass must end.</param>
/// <param name="BySlack">Extents that cannot be read now, then those of slack 0, 1, … to whole. What is not whole waits for repair in this order.</param>
/// <param name="Queue">Extents known to wait for repair.</param>
/// <param name="OldestWait">Zero where none waits.</param>
/// <param name="Repaired">Shards rebuilt and verified since the hosts started.</param>
/// <param name="Failed">Rebuilds that did not come out; each is tried again.</param>
public sealed record StoreIntegrity(
    int Answering, int Hosts, long Shards, long Corrupt, double Mismatches, double ScrubDone, TimeSpan ScrubAge, TimeSpan ScrubBound, ImmutableArray<int> BySlack, int Queue, TimeSpan OldestWait, long Repaired, long Failed)
{
    public bool ScrubLate => ScrubAge > ScrubBound;
}
