using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Journal;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Rollouts;

/// <summary>Sends what the person at the page wants of a rollout, on the version they saw.</summary>
public sealed class RolloutDesk(ICommands commands, IViewer viewer)
{
    private static readonly TimeSpan PauseFor = TimeSpan.FromHours(1);

    public Task<Rejection?> WantAsync(string intent, string rollout, string reason) =>
        SendAsync(
            intent switch
            {
                "Pause" => new PauseRollout(rollout, PauseFor),
                "Resume" => new ResumeRollout(rollout),
                "Abort" => new AbortRollout(rollout),
                "RollBack" => new RollBackRollout(rollout),
                "Retry" => new RetryRollout(rollout),
                "Abandon" => new AbandonRollout(rollout),
                _ => throw new ArgumentOutOfRangeException(nameof(intent), intent, "not an intent"),
            },
            reason);

    /// <summary>Whether the person at the page may operate the rollout at all; who may only look gets no buttons.</summary>
    public async Task<bool> MayOperateAsync(string rollout) => commands.Forbidden(new AbortRollout(rollout), await viewer.ActorAsync()) is null;

    public Task<Rejection?> OverrideGateAsync(string rollout, string gate, string reason) => SendAsync(new OverrideGate(rollout, gate), reason);

    /// <summary>Whether the person at the page may start over a gate that is red.</summary>
    public async Task<bool> MayOverrideGatesAsync(string rollout) => commands.Forbidden(new OverrideGate(rollout, ""), await viewer.ActorAsync()) is null;

    /// <summary>Names the hosts' read-only mode too where the pull made them so; the dialog says it.</summary>
    public Task<Rejection?> OverrideCordAsync(string rollout, CordPull pull, string reason) => SendAsync(new OverrideCord(pull.Id, rollout, pull.Mode == CordMode.ReadOnly), reason);

    /// <summary>Whether the person at the page may let a rollout work in spite of the cord.</summary>
    public async Task<bool> MayOverrideCordAsync(string rollout) => commands.Forbidden(new OverrideCord("", rollout), await viewer.ActorAsync()) is null;

    public Task<Rejection?> StartAsync(string rollout, RolloutPlan plan, string pipeline, string reason, bool hotfix = false) =>
        SendAsync(new StartRollout(rollout, plan.Service, plan.Release, pipeline, plan.Hash(), hotfix), reason);

    private async Task<Rejection?> SendAsync(ICommand command, string reason) =>
        (await commands.SendAsync(new(command, await viewer.ActorAsync(), reason.Length == 0 ? null : reason, Cause: "page"))).Rejection;
}
