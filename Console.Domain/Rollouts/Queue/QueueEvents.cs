using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Queue;

/// <summary>Waits for its turn. It is planned anew when that comes: the fleet will have changed.</summary>
[EventType("rollout.queued")]
public sealed record RolloutQueued(Pipeline Pipeline, int PipelineVersion, RolloutPlan Plan, string PlanHash, string By, string? Reason, SupersedePolicy Policy, bool Hotfix, long CordEpoch) : IEvent;

/// <summary>Another rollout is the new goal. It stops and keeps what it did.</summary>
/// <param name="By">The other rollout's id.</param>
[EventType("rollout.superseded")]
public sealed record RolloutSuperseded(string By, string Why) : IEvent;
