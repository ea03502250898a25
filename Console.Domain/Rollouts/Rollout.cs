using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Rollouts.Approvals;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Domain.Rollouts.Queue;

namespace OpsConsole.Domain.Rollouts;

public enum RolloutKind
{
    Forward,

    /// <summary>The way back of another rollout: monitored and paced, with its own id.</summary>
    Rollback,
}

public enum RolloutStatus
{
    /// <summary>Started; its first wave is not open yet.</summary>
    Planned,
    Running,

    /// <summary>A person holds it; bakes and alarms go on, nothing new begins.</summary>
    Paused,

    /// <summary>By the cord, an abort or an expired pause. Hosts stay as they are until a person decides.</summary>
    Stopped,

    /// <summary>It cannot go on alone: a person must look.</summary>
    NeedsOperator,

    /// <summary>Its rollback is under way, in a rollout of its own.</summary>
    RollingBack,
    RolledBack,
    Completed,

    /// <summary>Nobody decided in time, or it was given up; hosts stay as they are.</summary>
    Abandoned,

    /// <summary>Waits for its turn: another rollout of the service is under way in its regions. No host of it has changed.</summary>
    Queued,

    /// <summary>Another rollout became the goal: it stopped and keeps what it did.</summary>
    Superseded,
}

/// <summary>State of the stream <c>rollout/id</c>: what one rollout is to do, how far it is, and what its operators want.</summary>
/// <param name="Id">Letters, digits, <c>-</c>, <c>_</c>, <c>.</c>; at most 64 characters. A rollback has its parent's id and <c>-rb</c>.</param>
public sealed record Rollout(string Id)
{
    public RolloutKind Kind { get; init; }

    /// <summary>The rollout it takes back; null for a forward one.</summary>
    public string? Parent { get; init; }

    public RolloutStatus Status { get; init; }

    /// <summary>As it was when the rollout started; null where the rollout does not exist.</summary>
    public Pipeline? Pipeline { get; init; }

    public int PipelineVersion { get; init; }

    public RolloutPlan? Plan { get; init; }

    public string PlanHash { get; init; } = "";

    public string StartedBy { get; init; } = "";

    public string? Reason { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When the present status began.</summary>
    public DateTimeOffset Since { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Index of the open stage; -1 before the first.</summary>
    public int Stage { get; init; } = -1;

    /// <summary>Index of the open wave in its stage.</summary>
    public int Wave { get; init; }

    /// <summary>Rises with each resume after a stop and each retry: visits of one attempt have their own ids.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Whether the present attempt visits casualties again.</summary>
    public bool RetryCasualties { get; init; }

    /// <summary>Who holds it, why and until when; null while nobody does.</summary>
    public Hold? Pause { get; init; }

    /// <summary>Why it is stopped, asks, or rolls back: the first line a person reads.</summary>
    public string? Why { get; init; }

    /// <summary>Who caused the present status: an actor id, <c>gate</c>, <c>cord</c>, <c>timer</c>.</summary>
    public string? By { get; init; }

    /// <summary>The cord's pull that stopped it; null where something else did.</summary>
    public string? Pull { get; init; }

    public bool Aborted { get; init; }

    /// <summary>Approvals given for its stages, void ones too.</summary>
    public ImmutableArray<Approval> Approvals { get; init; } = [];

    /// <summary>The stage that waits for approval now; null while none does.</summary>
    public ApprovalRequest? Asked { get; init; }

    /// <summary>Who made the plan it has now, where that is not the one it was started with.</summary>
    public string? ReplannedBy { get; init; }

    /// <summary>What the last change of its plan changed, a line each; at most <see cref="PlanDifference.Most"/>.</summary>
    public ImmutableArray<string> PlanChanges { get; init; } = [];

    /// <summary>What was seen that rolled it back or made it ask; null where nothing measured did.</summary>
    public Evidence? Evidence { get; init; }

    /// <summary>What happened to it that people are told of, oldest first; the last <see cref="Transition.Kept"/>.</summary>
    public ImmutableArray<Transition> Transitions { get; init; } = [];

    /// <summary>How many rollbacks were begun; each has its own id.</summary>
    public int Rollbacks { get; init; }

    /// <summary>The release its hosts go back to, once rolling back.</summary>
    public string? RollbackTarget { get; init; }

    /// <summary>How it waits for its turn; null while it does not.</summary>
    public QueuePlace? Queue { get; init; }

    /// <summary>It travels the hotfix lane.</summary>
    public bool Hotfix { get; init; }

    /// <summary>The rollout that took its place.</summary>
    public string? SupersededBy { get; init; }

    /// <summary>How the plan's hosts stood when it started, by AZ: what limits on a rise compare with, and their denominators for good. Empty where no gate counts hosts.</summary>
    public ImmutableArray<HostTally> StartHosts { get; init; } = [];

    /// <summary>Gates that were red before the first host and that a person named.</summary>
    public ImmutableArray<GateOverride> GateOverrides { get; init; } = [];

    [JsonIgnore]
    public string Service => Plan?.Service ?? "";

    [JsonIgnore]
    public bool Exists => Plan is not null;

    [JsonIgnore]
    public bool Ended => Status is RolloutStatus.RolledBack or RolloutStatus.Completed or RolloutStatus.Abandoned or RolloutStatus.Superseded;

    /// <summary>The id of the rollback under way or done; null before the first.</summary>
    [JsonIgnore]
    public string? RollbackId => Rollbacks switch { 0 => null, 1 => $"{Id}-rb", _ => $"{Id}-rb{Rollbacks}" };

    /// <summary>The regions that may be at work now.</summary>
    [JsonIgnore]
    public ImmutableArray<PlannedRegion> Open => Plan is null || Stage < 0 || Stage >= Plan.Stages.Length ? [] : Plan.Stages[Stage].Waves[Wave].Regions;

    public string VisitId(string host) => $"{Id}/{host}/{Attempt}";
}

/// <summary>A pause: forgotten ones end.</summary>
/// <param name="Until">Then the rollout is stopped and a person must decide.</param>
public sealed record Hold(string By, string Reason, DateTimeOffset Since, DateTimeOffset Until);
