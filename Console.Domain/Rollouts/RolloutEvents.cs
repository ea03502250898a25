using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts;

/// <param name="Pipeline">Frozen: later versions of the file do not change a rollout under way.</param>
[EventType("rollout.started")]
public sealed record RolloutStarted(RolloutKind Kind, string? Parent, Pipeline Pipeline, int PipelineVersion, RolloutPlan Plan, string PlanHash, string By, string? Reason) : IEvent
{
    /// <summary>How the plan's hosts stood, by AZ; empty where no gate counts them.</summary>
    public ImmutableArray<HostTally> Hosts { get; init; } = [];

    public bool Hotfix { get; init; }
}

[EventType("rollout.wave-opened")]
public sealed record WaveOpened(int Stage, int Wave) : IEvent;

[EventType("rollout.paused")]
public sealed record RolloutPaused(string By, string Reason, DateTimeOffset Until) : IEvent;

/// <param name="Attempt">Higher than before where the rollout was stopped: hosts not done are visited anew.</param>
[EventType("rollout.resumed")]
public sealed record RolloutResumed(string By, int Attempt, bool RetryCasualties) : IEvent;

/// <summary>Stops everything of the rollout and erases every other wish.</summary>
[EventType("rollout.aborted")]
public sealed record RolloutAborted(string By, string Why) : IEvent;

[EventType("rollout.stopped")]
public sealed record RolloutStopped(string By, string Why, string? Pull) : IEvent;

[EventType("rollout.asks")]
public sealed record RolloutAsks(string Why, Evidence? Evidence) : IEvent;

/// <param name="Target">The release to go back to.</param>
[EventType("rollout.rollback-began")]
public sealed record RollbackBegan(string By, string Why, string Target, Evidence? Evidence) : IEvent;

[EventType("rollout.rolled-back")]
public sealed record RolloutRolledBack : IEvent;

[EventType("rollout.completed")]
public sealed record RolloutCompleted : IEvent;

[EventType("rollout.abandoned")]
public sealed record RolloutAbandoned(string By, string Why) : IEvent
{
    /// <summary>Hosts, with their steps, that may still be at work and stay watched.</summary>
    public ImmutableArray<string> Watched { get; init; } = [];
}
