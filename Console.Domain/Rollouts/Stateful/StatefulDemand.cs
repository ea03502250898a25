using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Rollouts.Stateful;

public enum DemandKind
{
    /// <summary>The hosts named may be reserved and changed.</summary>
    Go,

    /// <summary>Nothing new begins; what is out comes back.</summary>
    Hold,

    /// <summary>The same, for good: the rollout has ended or rolls back.</summary>
    GiveUp,

    /// <summary>The stage is done here.</summary>
    Done,
}

/// <summary>What one region's run wants of hosts that keep data, from state alone: asked again after a restart, it is the same.</summary>
/// <param name="Why">Why it does not go on; empty where it does.</param>
/// <param name="Hosts">Of the batch in work, in its order, as many as the capacity floor leaves: those that may be out now. Empty unless it goes on.</param>
/// <param name="Pending">All hosts of begun batches whose end the run awaits.</param>
public sealed record StatefulDemand(WorkKey Work, DemandKind Kind, string Why, ImmutableArray<string> Hosts, ImmutableArray<string> Pending)
{
    /// <summary>The cord's epoch a person last let the run go on under.</summary>
    public long CordEpoch { get; init; }

    /// <summary>It takes hosts back to a release that is proven good.</summary>
    public bool Back { get; init; }

    public string Service { get; init; } = "";

    public string Release { get; init; } = "";

    public string Digest { get; init; } = "";

    /// <summary>Actor id of who started the rollout.</summary>
    public string By { get; init; } = "";

    public string Reason { get; init; } = "";

    /// <summary>The longest that one host may be away for the release alone.</summary>
    public TimeSpan Limit { get; init; }

    /// <summary>Null where the run has not begun, or its hosts keep no data.</summary>
    public static StatefulDemand? Of(RegionRun run, RunInput input)
    {
        var rollout = input.Rollout;
        if (run.Stage < 0 || rollout.Plan is not { Stateful: true } plan)
        {
            return null;
        }

        var (kind, why) = KindOf(run, rollout);
        return new(new(run.Rollout, run.Stage, run.Attempt), kind, why, kind == DemandKind.Go ? Given(run, input) : [], [.. run.Pending.Order(StringComparer.Ordinal)])
        {
            CordEpoch = run.CordEpoch,
            Back = rollout.Kind == RolloutKind.Rollback,
            Service = plan.Service,
            Release = plan.Release,
            Digest = plan.Digest,
            By = rollout.StartedBy,
            Reason = string.IsNullOrWhiteSpace(rollout.Reason) ? $"rollout {rollout.Id}" : $"rollout {rollout.Id}: {rollout.Reason}",
            Limit = rollout.Pipeline!.Limits.Visit,
        };
    }

    private static (DemandKind Kind, string Why) KindOf(RegionRun run, Rollout rollout) =>
        run is { Phase: RunPhase.Done, Halt: null } && run.Pending.IsEmpty ? (DemandKind.Done, "its stage is done")
        : rollout.Ended || rollout.Status == RolloutStatus.RollingBack || run.Halt is { Kind: HaltKind.Rollback } ? (DemandKind.GiveUp, $"rollout {rollout.Id} is {rollout.Status}{(rollout.Why is null ? "" : $": {rollout.Why}")}")
        : run.Halt is { } halt ? (DemandKind.Hold, $"rollout {rollout.Id} is halted in {run.Region}: {halt.Why}")
        : rollout.Status != RolloutStatus.Running ? (DemandKind.Hold, $"rollout {rollout.Id} is {rollout.Status}{(rollout.Pause is { } pause ? $" by {pause.By}: {pause.Reason}" : rollout.Why is null ? "" : $": {rollout.Why}")}")
        : run.Held is { } held ? (DemandKind.Hold, $"rollout {rollout.Id} is held by {string.Join(", ", held.Entries)}")
        : run.Attempt != rollout.Attempt ? (DemandKind.Hold, $"rollout {rollout.Id} is being taken up again")
        : (DemandKind.Go, "");

    /// <summary>Hosts that are out of service cost no capacity; those given out before keep their place.</summary>
    private static ImmutableArray<string> Given(RegionRun run, RunInput input)
    {
        if (run.Phase != RunPhase.Working || input.Batch(run) is not { } batch)
        {
            return [];
        }

        var work = new WorkKey(run.Rollout, run.Stage, run.Attempt);
        var pending = batch.Hosts.Where(run.Pending.Contains).Select(id => input.Fleet.Hosts.GetValueOrDefault(id)).OfType<Host>().Select(host => (Host: host, Open: input.Work?.IsOpen(work, host.Id) == true)).ToArray();
        var (hosts, gone) = input.Capacity(batch.Az);
        var free = Planner.MostOut(hosts, input.Pipeline.CapacityFloor) - gone - pending.Count(one => one.Open && Costs(one.Host));
        return [.. pending.Where(one => one.Open || !Costs(one.Host) || free-- > 0).Select(one => one.Host.Id)];
    }

    private static bool Costs(Host host) => host is { Validator: false, State: HostState.InService or HostState.ReadOnly };
}
