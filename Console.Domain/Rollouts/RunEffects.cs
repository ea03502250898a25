using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts;

/// <summary>The fleet commands that a region's run is owed, from state alone: asked again after a restart, they are the same.</summary>
public static class RunEffects
{
    /// <summary>How long after a pull of the cord an answer to a command that was out already is waited for.</summary>
    public static readonly TimeSpan CordGrace = TimeSpan.FromSeconds(30);

    public static ImmutableArray<ICommand> Due(RegionRun run, RunInput input)
    {
        // Hosts that keep data are changed under reservations, by whoever asks for those: stopping, too, is theirs, at points that are safe for the data.
        if (input.Rollout.Plan is { Stateful: true })
        {
            return [];
        }

        var cancelled = Cancelled(run, input);
        if (cancelled.Length > 0)
        {
            return [new CancelVisits(run.Region, cancelled, run.Halt?.Why ?? $"the rollout is {input.Rollout.Status}")];
        }

        var orders = Orders(run, input);
        return orders.IsEmpty ? [] : [new BeginVisits(run.Region, orders, run.CordEpoch)];
    }

    private static ImmutableArray<string> Cancelled(RegionRun run, RunInput input)
    {
        if (input.Fleet.Active.IsEmpty || (run.Halt is not { Kind: > HaltKind.Bad } && !input.Rollout.Ended))
        {
            return [];
        }

        // Under the cord nothing leaves anyway; what is out may answer, so that the banner can say what is still in flight.
        var waits = run.Halt is { Kind: HaltKind.Cord } cord && !input.Rollout.Ended && input.Now < cord.Since + CordGrace && input.Cord.InForce.Any(pull => pull.Id == cord.Pull);
        return
        [
            .. input.Fleet.ActiveVisits.Where(visit => visit.Rollout == run.Rollout && (!waits || visit.StepSince > run.Halt!.Since))
                .Select(visit => visit.Id).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Hosts of the batch in work that were not visited yet, as many as capacity allows now. Hosts that are out of service cost none.</summary>
    private static ImmutableArray<VisitOrder> Orders(RegionRun run, RunInput input)
    {
        var may = run is { Halt: null, Held: null, Phase: RunPhase.Working } && run.Attempt == input.Rollout.Attempt && input.Rollout.Status == RolloutStatus.Running;
        if (!may || input.Batch(run) is not { } batch || (input.Fleet.Active.TryGetValue(batch.Az, out var active) && run.Pending.IsSubsetOf(active)))
        {
            return [];
        }

        var waiting = batch.Hosts.Where(run.Pending.Contains).Select(id => input.Fleet.Hosts.GetValueOrDefault(id)).OfType<Host>()
            .Where(host => !(input.Fleet.Visits.TryGetValue(host.Id, out var visit) && visit.Id == RunFacts.VisitId(run, host.Id)))
            .ToArray();
        if (waiting.Length == 0 || input.OtherAzInWork(batch.Az) is not null)
        {
            return [];
        }

        var (hosts, gone) = input.Capacity(batch.Az);
        var free = Planner.MostOut(hosts, input.Pipeline.CapacityFloor) - gone;
        var orders = ImmutableArray.CreateBuilder<VisitOrder>();
        foreach (var host in waiting.Where(host => input.Cord.Blocks(host, input.Purpose, run.Rollout) is null && input.Reserved(host.Id) is null))
        {
            var costs = host is { Validator: false, State: HostState.InService or HostState.ReadOnly };
            if (costs && free-- <= 0)
            {
                continue;
            }

            orders.Add(new(RunFacts.VisitId(run, host.Id), host.Id, input.Purpose, input.Rollout.Plan!.Release, input.Rollout.Plan.Digest, run.Rollout, input.Pipeline.Limits.Visit));
        }

        return orders.ToImmutable();
    }
}
