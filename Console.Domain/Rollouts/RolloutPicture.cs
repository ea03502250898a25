using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Cord;

namespace OpsConsole.Domain.Rollouts;

/// <summary>How a part of the plan stands: the word and shape a lane shows.</summary>
public enum LaneState
{
    Planned,
    Observing,
    Working,
    Baking,
    Done,

    /// <summary>Halted: by the cord, an abort, a bad gate, or a question.</summary>
    Stopped,
    RolledBack,
}

/// <summary>A rollout drawn: stage → wave → region → AZ → batch, with counts. Hosts are asked for by region (<see cref="RegionPicture"/>), so that it stays small enough to push.</summary>
public sealed record RolloutPicture(RolloutSummary Summary, string PlanHash, int PipelineVersion, ImmutableArray<string> Notes, ImmutableArray<StageLane> Stages, ImmutableArray<WaitLine> Waits, ImmutableArray<Casualty> Casualties, ImmutableArray<Evidence> Evidence)
{
    /// <summary>The first casualties and pieces of evidence are shown, at most this many of each.</summary>
    public const int Most = 100;

    /// <summary>Steps that were given up and not answered: their hosts may still be at them.</summary>
    public ImmutableArray<RemainingStep> Watched { get; init; } = [];

    /// <summary>Gates that were red before the first host and that a person named.</summary>
    public ImmutableArray<GateOverride> GateOverrides { get; init; } = [];

    /// <summary>Gates that keep a region from beginning now, and that may be overridden by their names.</summary>
    public ImmutableArray<string> RedGates { get; init; } = [];

    /// <summary>Pulls of the cord that reach a host of the plan and that may be overridden by their names; none once it has ended.</summary>
    public ImmutableArray<CordPull> Pulls { get; init; } = [];

    public ImmutableArray<IntentAnswer> Intents { get; init; } = [];
}

public sealed record StageLane(string Name, LaneState State, int Hosts, int Confirmed, ImmutableArray<WaveLane> Waves);

public sealed record WaveLane(LaneState State, ImmutableArray<RegionLane> Regions);

/// <param name="Touched">Hosts that were begun in this stage.</param>
public sealed record RegionLane(string Region, string Partition, LaneState State, int Hosts, int Touched, int Confirmed, int Casualties, ImmutableArray<AzLane> Azs);

public sealed record AzLane(string Az, LaneState State, int Hosts, int Confirmed, int Casualties, ImmutableArray<BatchLane> Batches);

/// <param name="Index">Its place among the region's batches of the stage, from 0.</param>
/// <param name="BakeUntil">When its bake ends at the earliest; null outside bakes.</param>
public sealed record BatchLane(int Index, BatchKind Kind, LaneState State, int Hosts, int Confirmed, int Casualties, DateTimeOffset? BakeSince, DateTimeOffset? BakeUntil, long BakeSamples, long SamplesNeeded);

/// <param name="Where">The rollout itself (empty) or a region.</param>
public sealed record WaitLine(string Where, Wait Wait);

/// <summary>Whether an operator may want something now.</summary>
/// <param name="Why">What a refusal says; null where it may be sent.</param>
public sealed record IntentAnswer(string Intent, string? Why);
