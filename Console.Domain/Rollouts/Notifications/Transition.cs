using System.Text.Json.Serialization;

namespace OpsConsole.Domain.Rollouts.Notifications;

/// <summary>What people are told of.</summary>
public enum TransitionKind
{
    Started,
    StageBegan,

    /// <summary>A stage waits for people's approval.</summary>
    ApprovalAsked,

    /// <summary>The approval was not given in time: the rollout stopped and a person is asked.</summary>
    ApprovalExpired,
    Paused,

    /// <summary>A person let it go on.</summary>
    Resumed,

    /// <summary>By the cord, an abort, a refused stage or a pause nobody ended.</summary>
    Halted,

    /// <summary>It cannot go on alone.</summary>
    Asks,
    RollbackBegan,
    RolledBack,
    Completed,
    Abandoned,

    /// <summary>It waits for its turn behind other rollouts of its service.</summary>
    Queued,

    /// <summary>Another rollout took its place.</summary>
    Superseded,
    CordPulled,
    CordReleased,

    /// <summary>An alarm is in ALARM, and nothing keeps it from being told.</summary>
    AlarmRaised,

    /// <summary>An alarm is no longer in ALARM: it is OK, or has no data.</summary>
    AlarmCleared,

    /// <summary>A host was not visited by the time that its campaign set.</summary>
    VisitOverdue,

    /// <summary>It was visited after all, or nobody waits for it any more.</summary>
    VisitOverdueEnded,

    /// <summary>Somebody tries a subscription. No subscription asks for it; only the one that is tried gets it.</summary>
    Test,
}

/// <summary>One thing that happened, as part of the state of what it happened to: so that nothing is missed between two looks, and after a crash it is the same thing.</summary>
/// <param name="Number">Its place among all transitions of the same thing, rising from 1; the cord's is the epoch it began.</param>
/// <param name="By">Who or what caused it: an actor id, <c>gate</c>, <c>cord</c>, <c>timer</c>, <c>engine</c>.</param>
/// <param name="Why">The first line a person reads; null where it needs none.</param>
/// <param name="Stage">The stage it is about; null where it is about all.</param>
/// <param name="Evidence">What was seen, one sentence; null where nothing measured led to it.</param>
public sealed record Transition(int Number, TransitionKind Kind, DateTimeOffset At, string? By, string? Why, string? Stage, string? Evidence)
{
    /// <summary>A thing remembers its last transitions, this many; they are looked at five times a second.</summary>
    public const int Kept = 100;

    /// <summary>Whether a person must do something before it goes on: of these there are reminders.</summary>
    [JsonIgnore]
    public bool WaitsForAPerson => Kind is TransitionKind.ApprovalAsked or TransitionKind.ApprovalExpired or TransitionKind.Paused or TransitionKind.Halted or TransitionKind.Asks;
}
