using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Calendar;

namespace OpsConsole.Domain.Rollouts;

/// <summary>
/// What is due now in one region: the one place where law 4's order stands. Facts come first (what hosts and windows said); then stop, alarms, casualties,
/// deadlines, missing data; only then progress.
/// </summary>
internal sealed class RunTick
{
    private readonly RunInput _input;
    private readonly ImmutableArray<IEvent>.Builder _events = ImmutableArray.CreateBuilder<IEvent>();
    private RegionRun _run;

    private RunTick(RegionRun run, RunInput input) => (_run, _input) = (run, input);

    private Rollout Rollout => _input.Rollout;

    public static ImmutableArray<IEvent> Evaluate(RegionRun run, RunInput input)
    {
        if (!input.Rollout.Exists || input.Rollout.Ended)
        {
            return [];
        }

        var tick = new RunTick(run, input);
        tick.Facts();
        _ = tick.Cord()
            || tick.Intent()
            || tick.Alarms()
            || tick.CasualtyBudget()
            || tick.Deadlines()
            || tick.NoData()
            || tick.Calendar()
            || tick.Evidenced()
            || tick.Begin();
        return tick._events.ToImmutable();
    }

    private void Facts()
    {
        if (_run.Stage >= 0 && Rollout.Attempt > _run.Attempt)
        {
            Emit(Resume());
        }

        if (RunFacts.Settled(_run, _input) is { } settled)
        {
            Emit(settled);
        }

        if (RunFacts.Judged(_run, _input) is { } judged)
        {
            Emit(judged);
        }

        var opened = Rollout.Status == RolloutStatus.Running && _run.Halt is null && _run.Stage < Rollout.Stage && _run.Phase is RunPhase.Waiting or RunPhase.Done;
        if (opened && Rollout.Stage > _run.Stage && Rollout.Open.Any(region => region.Region == _run.Region))
        {
            Emit(new RunStageBegan(Rollout.Stage, Rollout.Attempt, Rollout.Kind == RolloutKind.Forward && !_input.Gates(_run with { Stage = Rollout.Stage }).IsEmpty, _input.Cord.Epoch));
        }
    }

    private RunResumed Resume()
    {
        var leg = _input.Leg(_run)!;
        var retried = _run.Casualties.Where(casualty => Rollout.RetryCasualties && casualty.Stage == _run.Stage).Select(casualty => casualty.Host).ToHashSet();
        var first = Array.FindIndex([.. leg.Batches], batch => batch.Hosts.Any(host => !_run.Settled(host) || retried.Contains(host)));
        var again = _run.Batch >= 0 && first >= 0 && first <= _run.Batch;
        return new(Rollout.Attempt, again ? first : _run.Batch, again ? RunPhase.Working : _run.Phase, Rollout.RetryCasualties, _input.Cord.Epoch);
    }

    private bool Cord()
    {
        // A rollout that rolls back begins nothing more itself; the cord then holds its rollback's own runs.
        if (_run.Stage < 0 || Rollout.Status == RolloutStatus.RollingBack)
        {
            return false;
        }

        if (_input.Blocking(_run) is not { } pull)
        {
            return _input.PulledSince(_run) && Stop(HaltKind.Cord, "the cord was pulled over its hosts and released again", null, null);
        }

        Stop(HaltKind.Cord, $"the cord {pull.Id} ({pull.Scope}, {pull.Mode}) was pulled by {pull.By}: {pull.Reason}", pull.Id, null);
        return true;
    }

    private bool Intent()
    {
        if (_run.Stage < 0)
        {
            return true;
        }

        return Rollout.Status switch
        {
            RolloutStatus.RollingBack => Stop(HaltKind.Rollback, Rollout.Why ?? "rolled back", null, null),
            RolloutStatus.Stopped when Rollout.Aborted => Stop(HaltKind.Abort, Rollout.Why ?? "aborted", null, null),
            _ => _run.Halt is { Kind: > HaltKind.Bad },
        };
    }

    private bool Alarms()
    {
        // Before the first host a bad window is not the release's: it keeps the stage from beginning instead.
        if (_run.Phase == RunPhase.Observing)
        {
            return false;
        }

        if (RunFacts.Bad(_run, _input.Gates(_run)) is { } gate)
        {
            var evidence = _run.Gates[gate.Name].Evidence;
            return Stop(HaltKind.Bad, evidence?.Sentence ?? $"{gate.Name} is bad", null, evidence);
        }

        var flapping = _run.Unhealthy > _input.Pipeline.Unhealthy;
        return flapping && Stop(HaltKind.Bad, $"windows were bad for {Words.Of(_run.Unhealthy)} in all, at most {Words.Of(_input.Pipeline.Unhealthy)} are allowed; last: {_run.Evidence.LastOrDefault()?.Sentence}", null, _run.Evidence.LastOrDefault());
    }

    private bool CasualtyBudget() =>
        (Rollout.Kind == RolloutKind.Forward && RunFacts.TooManyCasualties(_run, _input) is { } evidence && Stop(HaltKind.Bad, evidence.Sentence, null, evidence))
        || (RunPace.Stops(_run, _input) is { } why && Stop(HaltKind.Asks, why, null, _run.Evidence.LastOrDefault()));

    private bool Deadlines()
    {
        if (_run.Halt is not null)
        {
            return true;
        }

        if (Rollout.Status != RolloutStatus.Running || !_run.Busy)
        {
            return false;
        }

        var limits = _input.Pipeline.Limits;
        if (_run.Held is { } held)
        {
            return Late(held.Since, limits.Hold, "the wait for the calendar");
        }

        // A batch whose hosts are all done is not late where its successor may be slowed on purpose; its AZ and its stage still may be.
        var paced = _input.Pipeline.Velocity is not null && Rollout.Kind == RolloutKind.Forward && (_input.Batch(_run)?.Hosts.All(_run.Settled) ?? true);
        return Late(_run.Phase == RunPhase.Working && !paced ? _run.BatchSince : null, limits.Batch, $"batch {_run.Batch + 1}")
            || Late(_run.Phase == RunPhase.Observing ? _run.StageSince : null, limits.Batch, "the look before the first host")
            || Late(_run.Az.Length > 0 ? _run.AzSince : null, limits.Az, _run.Az)
            || Late(_run.StageSince, limits.Stage, "the stage");
    }

    private bool Late(DateTimeOffset? since, TimeSpan limit, string what) =>
        since is { } from && _input.Now >= _input.Counted(from) + limit
        && Stop(HaltKind.Asks, $"{what} in {_run.Region} is not done {Words.Of(limit)} after it began; {RunWait.Of(_run, _input)?.What ?? "nothing is out"}", null, _run.Evidence.LastOrDefault());

    private bool NoData()
    {
        if (Rollout.Status != RolloutStatus.Running || _run.Phase is not (RunPhase.Working or RunPhase.Baking))
        {
            return false;
        }

        foreach (var gate in _input.Gates(_run))
        {
            var last = RunFacts.Last(_run, gate);
            var looked = gate.Timer is null || _run.Gates.GetValueOrDefault(gate.Name)?.Clock is not null;
            var asks = looked && last.Length == gate.Of && last.All(verdict => (verdict == Verdict.Missing && gate.Missing == NoDataPolicy.Ask) || (verdict == Verdict.Error && gate.Error == NoDataPolicy.Ask));
            if (asks)
            {
                return Stop(HaltKind.Asks, _run.Gates[gate.Name].Evidence?.Sentence ?? $"{gate.Name} has no data", null, _run.Gates[gate.Name].Evidence);
            }
        }

        // While the calendar holds what comes next, evidence may come and go; it must be there when the calendar opens, or soon after.
        if (_run is not { Phase: RunPhase.Baking, Held: null } || _input.Batch(_run) is not { } batch || RunFacts.Baked(_run, _input) || _input.Now < RunCalendar.Later(_input.Counted(_run.BakeSince) + batch.Bake.Duration, _run.LetOn) + batch.Bake.Extend)
        {
            return false;
        }

        var lacking = RunFacts.NotOk(_run, _input);
        return !RunFacts.AllBlock(_run, _input, lacking)
            && Stop(HaltKind.Asks, $"the bake in {_run.Region} ended without the evidence it needs: {RunFacts.Lacking(_run, batch.Bake, lacking)}", null, lacking.Select(gate => _run.Gates.GetValueOrDefault(gate.Name)?.Evidence).FirstOrDefault());
    }

    /// <summary>What the change calendar holds does not begin; a bake that is due begins all the same: it is looking, not changing.</summary>
    private bool Calendar()
    {
        if (RunCalendar.Holds(_run, _input))
        {
            if (_run.Held is null)
            {
                Emit(RunCalendar.Closed(_run, _input));
            }

            _ = _run.Phase == RunPhase.Working && Evidenced();
            return true;
        }

        if (_run.Held is not null && Rollout.Status == RolloutStatus.Running)
        {
            Emit(new CalendarOpened());
        }

        return false;
    }

    /// <summary>Whether what must come before the next batch is still awaited.</summary>
    private bool Evidenced()
    {
        switch (_run.Phase)
        {
            case RunPhase.Observing:
                return _run.Windows == 0 || RunFacts.NotOk(_run, _input).Length > 0;
            case RunPhase.Baking:
                return !RunFacts.Baked(_run, _input);
            case RunPhase.Working when _input.Batch(_run) is { } batch:
                if (!_run.Pending.IsEmpty && batch.Hosts.Any(_run.Pending.Contains))
                {
                    return true;
                }

                if (batch.Bake.IsNone || !batch.Hosts.Any(_run.Confirmed.Contains))
                {
                    return false;
                }

                Emit(new BakeBegan(_run.Batch));
                return true;
            case RunPhase.Working:
                return false;
            default:
                return true;
        }
    }

    private bool Begin()
    {
        if (Rollout.Status != RolloutStatus.Running)
        {
            return true;
        }

        if (RunFacts.Next(_run, _input) is not { } next)
        {
            return Emit(new RunStageDone(_run.Stage));
        }

        var batch = _input.Leg(_run)!.Batches[next];
        return RunPace.Slows(_run, _input) is not null || _input.OtherAzInWork(batch.Az) is not null || Emit(new BatchBegan(next, batch.Az, batch.Hosts));
    }

    /// <summary>A stronger reason replaces a weaker one; the same or a weaker one changes nothing.</summary>
    private bool Stop(HaltKind kind, string why, string? pull, Evidence? evidence)
    {
        if (_run.Halt is null || _run.Halt.Kind < kind)
        {
            Emit(new RunHalted(kind, why, pull, evidence));
        }

        return true;
    }

    private bool Emit(IEvent happened)
    {
        _events.Add(happened);
        _run = RunFold.Apply(_run, happened, _input.Now);
        return true;
    }
}
