using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Rollouts.Approvals;
using OpsConsole.Domain.Rollouts.Queue;

namespace OpsConsole.Domain.Rollouts;

/// <summary>How a service's releases travel: its stages in order, and what must hold on the way.</summary>
/// <param name="Name">Letters, digits, <c>-</c>, <c>.</c>; at most 64 characters.</param>
public sealed record Pipeline(string Name, string Service, ImmutableArray<PipelineStage> Stages)
{
    /// <summary>The partitions whose hosts it reaches; empty for all.</summary>
    public ImmutableArray<string> Partitions { get; init; } = [];

    public ImmutableArray<Gate> Gates { get; init; } = [];

    /// <summary>Percent of an AZ's hosts that stay in service, 0 to 99; one host at a time is always allowed.</summary>
    public int CapacityFloor { get; init; } = 66;

    /// <summary>How often health is read and judged, 200 ms to 1 hour; windows do not overlap.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(30);

    public CasualtyBudget Casualties { get; init; } = new(1, 3);

    /// <summary>How long bad windows may last in all while one region travels one stage, so that flapping ends.</summary>
    public TimeSpan Unhealthy { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Hosts and casualties an hour; null for no limit.</summary>
    public Velocity? Velocity { get; init; }

    public PipelineLimits Limits { get; init; } = new();

    /// <summary>What a start means while another rollout of the service is under way in the same regions.</summary>
    public SupersedePolicy Supersede { get; init; }

    /// <summary>The lane for what cannot wait; null where there is none.</summary>
    public HotfixRules? Hotfix { get; init; }

    public RollbackRules Rollback { get; init; } = new();
}

/// <summary>How many hosts may fail to come back before the rollout rolls back. A failed one-box or validator is always too many.</summary>
/// <param name="PerAz">0 and up; one more is too many.</param>
/// <param name="Total">In one region, 0 and up.</param>
public sealed record CasualtyBudget(int PerAz, int Total);

/// <summary>Deadlines; when one passes a person is asked.</summary>
public sealed record PipelineLimits
{
    /// <summary>One host from drain to restore; past it the host is a casualty. 1 second to 24 hours.</summary>
    public TimeSpan Visit { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan Batch { get; init; } = TimeSpan.FromMinutes(30);

    public TimeSpan Az { get; init; } = TimeSpan.FromHours(12);

    public TimeSpan Stage { get; init; } = TimeSpan.FromHours(48);

    /// <summary>How long the change calendar may hold a region before a person is asked; other clocks stand still meanwhile.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a rollout waits in the queue before it is taken out.</summary>
    public TimeSpan Queue { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a stopped rollout waits for a person before it is abandoned as it is.</summary>
    public TimeSpan Decision { get; init; } = TimeSpan.FromHours(24);
}

/// <summary>How a rollback is watched.</summary>
public sealed record RollbackRules
{
    /// <summary>After each AZ.</summary>
    public Bake Bake { get; init; } = new(TimeSpan.FromSeconds(30), 0, TimeSpan.FromMinutes(10));

    public ImmutableArray<Gate> Gates { get; init; } =
    [
        new("rollback-availability", Metrics.Availability) { Min = 0.9, Bad = 3, Of = 4 },
        new("rollback-errors", Metrics.ErrorRate) { Max = 0.05, MinSamples = 20, Bad = 3, Of = 4 },
    ];
}

public enum StageHosts
{
    /// <summary>The validators of the regions chosen; where none is named, of every region that no earlier stage of validators names. They serve no customer.</summary>
    Validators,

    /// <summary>All other hosts of the regions chosen.</summary>
    Regions,
}

/// <summary>One stage.</summary>
public sealed record PipelineStage(string Name, StageHosts Hosts)
{
    /// <summary>Regions by name; none, with no partitions either, means all that no earlier stage and no other stage's list names.</summary>
    public ImmutableArray<string> Regions { get; init; } = [];

    public ImmutableArray<string> Partitions { get; init; } = [];

    /// <summary>The bake after the first host of each region; null for no one-box.</summary>
    public Bake? OneBox { get; init; }

    public BatchSize Batch { get; init; } = new(1, Percent: false);

    public Bake BatchBake { get; init; } = Bake.None;

    public Bake AzBake { get; init; } = Bake.None;

    public Bake RegionBake { get; init; } = Bake.None;

    /// <summary>How many regions run at the same time, 1 to 100; the first wave's where waves grow.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>Each wave has this many times the regions of the one before it, 1 to 10: an exponential fan.</summary>
    public int Growth { get; init; } = 1;

    /// <summary>The share of the stage's regions, in percent, that each wave brings it to, rising; empty for waves by number. The rest is one last wave.</summary>
    public ImmutableArray<int> Waves { get; init; } = [];

    /// <summary>Names of the pipeline's gates that judge here; empty for all.</summary>
    public ImmutableArray<string> Gates { get; init; } = [];

    /// <summary>Who must approve before the stage begins; null where nobody need.</summary>
    public ApprovalRule? Approval { get; init; }
}

/// <summary>A number of hosts, or a percent of the AZ's hosts rounded down, at least one.</summary>
public sealed record BatchSize(int Size, bool Percent)
{
    public int Of(int hosts) => Math.Max(1, Percent ? (int)((long)hosts * Size / 100) : Size);
}

/// <summary>Waiting while evidence comes in: until the time is over and the samples are in and every gate is good.</summary>
/// <param name="Samples">Observations of <see cref="Of"/> needed since the bake began.</param>
/// <param name="Extend">How much longer it may wait for samples and gates before a person is asked.</param>
public sealed record Bake(TimeSpan Duration, long Samples, TimeSpan Extend)
{
    /// <summary>The metric whose samples count.</summary>
    public string Of { get; init; } = Metrics.ErrorRate;

    public static Bake None { get; } = new(TimeSpan.Zero, 0, TimeSpan.Zero);

    public bool IsNone => Duration <= TimeSpan.Zero && Samples <= 0;
}
