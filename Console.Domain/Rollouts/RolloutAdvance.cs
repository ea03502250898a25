using System.Collections.Immutable;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Approvals;
using OpsConsole.Domain.Rollouts.Queue;

namespace OpsConsole.Domain.Rollouts;

/// <summary>What is due for a rollout as a whole, in law 4's order: cord, rollback under way, bad regions, regions that ask, deadlines, next wave.</summary>
internal sealed class RolloutAdvance(Rollout rollout, IStates states, DateTimeOffset now)
{
    private readonly ImmutableArray<RegionRun> _runs =
    [
        .. rollout.Plan!.Regions.Select(region => region.Region).Distinct()
            .Select(region => states.Get<RegionRun>(RunStreams.Of(region, rollout.Id))).Where(run => run.Stage >= 0),
    ];

    public static Decision Due(Rollout rollout, IStates states, DateTimeOffset now)
    {
        if (!rollout.Exists || rollout.Ended)
        {
            return Decision.Nothing;
        }

        if (rollout.Status == RolloutStatus.Queued)
        {
            return RolloutQueue.Due(rollout, states, now) is { } due ? Decision.Accept(due) : Decision.Nothing;
        }

        // Another goal that somebody asked for stands where an abort would: it stops this one, whatever else is due.
        if (RolloutQueue.GivesWay(rollout, states) is { } way)
        {
            return Decision.Accept(way);
        }

        var advance = new RolloutAdvance(rollout, states, now);
        return Decision.Accept([.. new[] { advance.Parent() ?? advance.Cord() ?? advance.RollingBack() ?? advance.Regions() ?? advance.Timers() ?? advance.NextWave() }.OfType<IEvent>()]);
    }

    private RolloutAbandoned? Parent() =>
        rollout.Parent is { } parent && states.Get<Rollout>(RolloutStreams.Of(parent)) is { Status: not RolloutStatus.RollingBack } stopped
            ? new("engine", $"{parent} is {stopped.Status}: {stopped.Why}")
            : null;

    private IEvent? Cord()
    {
        var cord = states.Get<CordState>(CordStreams.Only);
        if (rollout.Aborted || rollout.Status == RolloutStatus.RollingBack)
        {
            return null;
        }

        if (cord.InForce.IsEmpty)
        {
            // Pulled and released between two ticks: it stops all the same.
            return _runs.FirstOrDefault(run => run.Attempt == rollout.Attempt && run.Halt?.Kind == HaltKind.Cord) is { } halted && rollout.Status != RolloutStatus.Stopped
                ? new RolloutStopped("cord", halted.Halt!.Why, halted.Halt.Pull)
                : null;
        }

        var regions = _runs.Select(run => run.Region).Concat(rollout.Open.Select(region => region.Region)).Distinct().ToArray();
        var rollBack = rollout.Kind == RolloutKind.Forward ? cord.InForce.FirstOrDefault(pull => pull.Mode == CordMode.HaltAndRollBack && !cord.Overridden(pull, rollout.Id) && RolloutReach.Hosts(rollout, states, regions).Any(host => CordState.Holds(pull.Scope, host))) : null;
        if (rollBack is not null && RolloutReach.Target(rollout, states) is { } target)
        {
            return new RollbackBegan(rollBack.By, $"the cord {rollBack.Id} ({rollBack.Scope}, halt and roll back) was pulled: {rollBack.Reason}", target.Version, null);
        }

        return rollout.Status != RolloutStatus.Stopped && RolloutReach.Blocking(rollout, states, regions) is { } pull ? Stopped(pull) : null;
    }

    private IEvent? RollingBack()
    {
        if (rollout.Status != RolloutStatus.RollingBack)
        {
            return null;
        }

        var back = states.Get<Rollout>(RolloutStreams.Of(rollout.RollbackId!));
        return back.Status switch
        {
            _ when !back.Exists => null,
            RolloutStatus.Completed when RolloutReach.Quarantined(rollout, states) => new RolloutRolledBack(),
            RolloutStatus.Abandoned => new RolloutAsks($"its rollback {back.Id} was abandoned: {back.Why}", null),
            _ => null,
        };
    }

    private RolloutAsks? Ask(Halt halt, string region) => rollout.Status == RolloutStatus.NeedsOperator ? null : new(halt.Kind == HaltKind.Bad ? halt.Why : $"{region}: {halt.Why}", halt.Evidence);

    private IEvent? Regions()
    {
        // A run that has not heard of the last resume still shows what halted it before.
        var bad = _runs.FirstOrDefault(run => run.Attempt == rollout.Attempt && run.Halt?.Kind == HaltKind.Bad);
        var asks = _runs.FirstOrDefault(run => run.Attempt == rollout.Attempt && run.Halt?.Kind == HaltKind.Asks);
        var everywhere = bad is null && rollout.Status is RolloutStatus.Running or RolloutStatus.Paused ? HostCounts.TooMany(rollout, _runs, now) : null;
        if (rollout.Status is RolloutStatus.RollingBack or RolloutStatus.Stopped)
        {
            return null;
        }

        if (bad is not null)
        {
            return rollout.Kind == RolloutKind.Forward && RolloutReach.Target(rollout, states) is { } target
                ? new RollbackBegan("gate", bad.Halt!.Why, target.Version, bad.Halt.Evidence)
                : Ask(bad.Halt!, bad.Region);
        }

        if (everywhere is not null)
        {
            return RolloutReach.Target(rollout, states) is { } back ? new RollbackBegan("gate", everywhere.Sentence, back.Version, everywhere) : new RolloutAsks(everywhere.Sentence, everywhere);
        }

        return asks is not null ? Ask(asks.Halt!, asks.Region) : null;
    }

    private IEvent? Timers()
    {
        if (rollout.Pause is { } pause && now >= pause.Until)
        {
            return new RolloutStopped("timer", $"the pause of {pause.By} ({pause.Reason}) expired", null);
        }

        if (ApprovalRules.Late(rollout, now) is { } late)
        {
            return new RolloutAsks(late, null);
        }

        var decide = rollout.Status is RolloutStatus.Stopped or RolloutStatus.NeedsOperator;
        return decide && now >= rollout.Since + rollout.Pipeline!.Limits.Decision
            ? new RolloutAbandoned("timer", $"nobody decided within {Words.Of(rollout.Pipeline.Limits.Decision)}: {rollout.Why}")
            : null;
    }

    private IEvent? NextWave()
    {
        if (rollout.Status is not (RolloutStatus.Planned or RolloutStatus.Running) || !WaveDone())
        {
            return null;
        }

        var (stage, wave) = (rollout.Stage, rollout.Wave + 1);
        while (stage < 0 || (stage < rollout.Plan!.Stages.Length && wave >= rollout.Plan.Stages[stage].Waves.Length))
        {
            (stage, wave) = (stage + 1, 0);
        }

        if (stage >= rollout.Plan!.Stages.Length)
        {
            return End();
        }

        var regions = rollout.Plan.Stages[stage].Waves[wave].Regions.Select(region => region.Region);
        return RolloutReach.Blocking(rollout, states, regions) is { } pull ? Stopped(pull)
            : wave == 0 && ApprovalRules.Lacking(rollout, stage, now) ? (rollout.Asked is null ? new ApprovalAsked(rollout.Plan.Stages[stage].Name, rollout.PlanHash) : null)
            : new WaveOpened(stage, wave);
    }

    /// <summary>The regions of earlier waves too: a retry may have sent one of them back to its casualties.</summary>
    private bool WaveDone() =>
        rollout.Open.All(region => _runs.Any(run => run.Region == region.Region && run.Stage == rollout.Stage))
        && _runs.All(run => run.Phase == RunPhase.Done && run.Halt is null && run.Attempt == rollout.Attempt);

    /// <summary>A rollback is done only when each host said so itself (law 10).</summary>
    private IEvent End()
    {
        var silent = _runs.SelectMany(run => run.Casualties).Where(casualty => !casualty.Accepted).ToArray();
        return rollout.Kind == RolloutKind.Rollback && silent.Length > 0
            ? new RolloutAsks($"{Words.Hosts(silent.Length)} did not confirm {rollout.Plan!.Release} and must be taken as unknown: {Words.Some(silent.Select(casualty => $"{casualty.Host} ({casualty.Detail})"))}", null)
            : new RolloutCompleted();
    }

    private static RolloutStopped Stopped(CordPull pull) => new("cord", $"the cord {pull.Id} ({pull.Scope}, {pull.Mode}) was pulled by {pull.By}: {pull.Reason}", pull.Id);
}
