using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts;

public static class RolloutStreams
{
    public const string Family = "rollout";

    public static StreamId Of(string id) => new($"{Family}/{id}");
}

/// <summary>A command to one rollout.</summary>
public abstract record RolloutCommand(string Rollout) : ICommand
{
    public StreamId Stream => RolloutStreams.Of(Rollout);

    public virtual Permission Needs => Permission.OperateRollouts;

    public virtual Scope Scope => Scope.Global;
}

/// <summary>Plans and starts. While another rollout of the service is under way in its regions, the pipeline says whether it is refused, waits or takes its place.</summary>
/// <param name="PlanHash">The hash of the plan that was looked at; a plan that has changed since is refused. Null to take it as it comes.</param>
/// <param name="Hotfix">Travels the pipeline's hotfix lane: ahead of the queue, shorter bakes. Needs a reason.</param>
public sealed record StartRollout(string Rollout, string Service, string Release, string Pipeline, string? PlanHash = null, bool Hotfix = false) : RolloutCommand(Rollout)
{
    public override Permission Needs => Hotfix ? Permission.StartHotfixes : Permission.OperateRollouts;

    public override Scope Scope => Scope.OfService(Service);
}

/// <summary>Begins nothing new until resumed. Needs a reason. When it expires the rollout is stopped.</summary>
/// <param name="For">1 minute to 7 days.</param>
public sealed record PauseRollout(string Rollout, TimeSpan For) : RolloutCommand(Rollout);

public sealed record ResumeRollout(string Rollout) : RolloutCommand(Rollout);

/// <summary>Stops and leaves hosts as they are; then a person rolls back or retries. Wins over everything.</summary>
public sealed record AbortRollout(string Rollout) : RolloutCommand(Rollout);

public sealed record RollBackRollout(string Rollout) : RolloutCommand(Rollout);

/// <summary>Visits casualties and hosts that were stopped again, through the same gates.</summary>
public sealed record RetryRollout(string Rollout) : RolloutCommand(Rollout);

/// <summary>Gives a stopped rollout up: its hosts stay as they are and the service is free for another. Needs a reason.</summary>
public sealed record AbandonRollout(string Rollout) : RolloutCommand(Rollout);

/// <summary>The engine's: begins the rollback that its parent waits for.</summary>
public sealed record StartRollback(string Rollout, string Parent) : RolloutCommand(Rollout)
{
    public override Permission Needs => Permission.RunEngine;
}

/// <summary>The engine's: whatever is due now.</summary>
public sealed record AdvanceRollout(string Rollout) : RolloutCommand(Rollout)
{
    public override Permission Needs => Permission.RunEngine;
}
