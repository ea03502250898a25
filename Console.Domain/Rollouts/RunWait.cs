using System.Globalization;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Rollouts.Calendar;
using OpsConsole.Domain.Rollouts.Stateful;

namespace OpsConsole.Domain.Rollouts;

/// <summary>Why a region's run does nothing just now.</summary>
public static class RunWait
{
    private const string Operator = "an operator";

    /// <summary>Null where its rollout has ended or its wave is not open.</summary>
    public static Wait? Of(RegionRun run, RunInput input)
    {
        var rollout = input.Rollout;
        if (!rollout.Exists || rollout.Ended || run.Stage < 0)
        {
            return null;
        }

        if (run.Halt is { } halt)
        {
            return new($"a decision, because {halt.Why}", halt.Since, halt.Since + input.Pipeline.Limits.Decision, Operator, "the rollout is abandoned and its hosts stay as they are");
        }

        if (run.Held is not null && rollout.Status == RolloutStatus.Running)
        {
            return RunCalendar.Wait(run, input, run.Held);
        }

        return run.Phase switch
        {
            RunPhase.Observing => Observing(run, input),
            RunPhase.Baking => Baking(run, input),
            RunPhase.Working => Working(run, input),
            _ => new("the other regions of the wave", run.StageSince, rollout.Since + input.Pipeline.Limits.Stage, "the other regions", "the next wave opens"),
        };
    }

    private static Wait Observing(RegionRun run, RunInput input)
    {
        var lacking = RunFacts.NotOk(run, input);
        var seen = run.Windows == 0 ? "a first window of health before the first host changes"
            : $"the hosts to be healthy before the first one changes: {Words.Some(lacking.Select(gate => run.Gates.GetValueOrDefault(gate.Name)?.Evidence?.Sentence ?? $"{gate.Name} is not judged yet"), 3)}";
        return new(seen, run.StageSince, input.Counted(run.StageSince) + input.Pipeline.Limits.Batch, "health; an Approver, by overriding a gate that is red by its name; or an operator", "the first batch begins once all gates are Ok; past the limit a person is asked");
    }

    private static Wait Baking(RegionRun run, RunInput input)
    {
        var bake = input.Batch(run)!.Bake;
        var lacking = RunFacts.NotOk(run, input);
        if (RunFacts.Baked(run, input))
        {
            return Held(run, input) ?? new("the next tick", run.BakeSince, input.Now + TimeSpan.FromSeconds(1), "the engine", "the next batch begins");
        }

        var samples = bake.Samples == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {Math.Min(run.BakeSamples, bake.Samples)} of {bake.Samples} samples of {bake.Of}");
        var gates = lacking.IsEmpty ? "" : $"; {RunFacts.Lacking(run, Bake.None, lacking)}";
        var ends = input.Counted(run.BakeSince) + bake.Duration + bake.Extend;
        var blocked = RunFacts.AllBlock(run, input, lacking);
        return new($"the bake of {Words.Of(bake.Duration)} after batch {run.Batch + 1} in {run.Az}{samples}{gates}", run.BakeSince, blocked ? input.Counted(run.StageSince) + input.Pipeline.Limits.Stage : ends, "time and evidence", "the next batch begins; without the evidence a person is asked");
    }

    private static Wait Working(RegionRun run, RunInput input)
    {
        var until = input.Counted(run.BatchSince) + input.Pipeline.Limits.Batch;
        if (input.Batch(run) is not { } batch)
        {
            return Held(run, input) ?? new("the next tick", run.StageSince, input.Now + TimeSpan.FromSeconds(1), "the engine", "the first batch begins");
        }

        var open = batch.Hosts.Where(host => !run.Settled(host)).ToArray();
        var visits = open.Select(host => input.Fleet.Visits.GetValueOrDefault(host)).OfType<Visit>().Where(visit => visit.Status == VisitStatus.Active && visit.Rollout == run.Rollout).ToArray();
        if (visits.Length > 0)
        {
            return new($"{Words.Some(visits.Select(visit => $"{visit.Host} at {visit.Step}"))}", visits.Min(visit => visit.StepSince), visits.Max(visit => visit.Deadline), "the hosts", "hosts that do not answer become casualties");
        }

        if (open.Length == 0)
        {
            return Held(run, input) ?? new("the next tick", run.BatchSince, input.Now + TimeSpan.FromSeconds(1), "the engine", "the bake or the next batch begins");
        }

        if (input.Rollout.Status == RolloutStatus.Running && StatefulFacts.Wait(run, input, open, until) is { } reservation)
        {
            return reservation;
        }

        if (open.Select(input.Reserved).OfType<Reservation>().ToArray() is { Length: > 0 } reserved)
        {
            return new(
                $"{Words.Some(reserved.Select(one => $"{one.Host}, which {one.Worker.Name} holds ({one.Reason})"), 3)}",
                reserved.Min(one => one.GrantedAt),
                until,
                Words.Some(reserved.Select(one => one.Worker.Name).Distinct(), 3) + ", or whoever may take reservations away",
                $"the visits begin; the leases end at {reserved.Max(one => one.Expires):u}, and past the batch's limit a person is asked");
        }

        var (hosts, gone) = input.Capacity(batch.Az);
        var what = Held(run, input)?.What
            ?? (input.OtherAzInWork(batch.Az) is { } other ? $"{other.Id} in {other.Az}, which is in work: one AZ of a region changes at a time" : null)
            ?? (gone > 0 ? $"capacity in {batch.Az}: {gone} of {hosts} hosts are out of service, at most {Planner.MostOut(hosts, input.Pipeline.CapacityFloor)} may be" : $"{Words.Hosts(open.Length)} to be visited");
        return new(what, run.BatchSince, until, "the hosts, or an operator", "the visits begin; past the limit a person is asked");
    }

    /// <summary>Whether nothing of the batch in work is left to do.</summary>
    private static bool Idle(RegionRun run, RunInput input) => input.Batch(run)?.Hosts.All(run.Settled) ?? true;

    private static Wait? Held(RegionRun run, RunInput input) =>
        input.Rollout.Status == RolloutStatus.Running
            ? RunPace.Slows(run, input) is { } pace && Idle(run, input) ? new(pace.Why, run.BatchSince, pace.Until, "time", "the next batch begins")
            : (RunFacts.Next(run, input) is { } next && input.OtherAzInWork(input.Leg(run)!.Batches[next].Az) is { } other
                ? new($"{other.Id} in {other.Az}, which is in work: one AZ of a region changes at a time", run.BatchSince, input.Counted(run.StageSince) + input.Pipeline.Limits.Stage, "the other work in the region", "the next batch begins")
                : null)
            : RolloutWait.OfStatus(input.Rollout);
}
