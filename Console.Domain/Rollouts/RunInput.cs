using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Rollouts.Calendar;
using OpsConsole.Domain.Rollouts.Stateful;

namespace OpsConsole.Domain.Rollouts;

/// <summary>Everything one region's run is decided on.</summary>
/// <param name="Health">What was observed since the last window; null where no window is due.</param>
public sealed record RunInput(Rollout Rollout, RegionFleet Fleet, CordState Cord, HealthWindow? Health, DateTimeOffset Now)
{
    public CalendarState Calendar { get; init; } = new();

    /// <summary>The region's charged hosts.</summary>
    public NameDictionary<Reservation> Charged { get; init; } = NameDictionary<Reservation>.Empty;

    /// <summary>What became of hosts that keep data; null where the plan has none.</summary>
    public IStatefulWork? Work { get; init; }

    public Pipeline Pipeline => Rollout.Pipeline!;

    public VisitPurpose Purpose => Rollout.Kind == RolloutKind.Rollback ? VisitPurpose.Rollback : VisitPurpose.Forward;

    /// <summary>The run's part of the plan in its stage; null before the first.</summary>
    public PlannedRegion? Leg(RegionRun run) => Rollout.Plan!.Leg(run.Stage, run.Region);

    public PlannedBatch? Batch(RegionRun run) => Leg(run) is { } leg && run.Batch >= 0 && run.Batch < leg.Batches.Length ? leg.Batches[run.Batch] : null;

    /// <summary>
    /// The gates that judge the run now: validators are not judged by customers' traffic, which they do not take, some gates judge bakes only, and statistics need
    /// hosts that do not run the release: after a region's last host there are none.
    /// </summary>
    public ImmutableArray<Gate> Gates(RegionRun run)
    {
        if (Leg(run) is not { } leg)
        {
            return [];
        }

        var named = Rollout.Plan!.Stages[run.Stage].Gates;
        var gates = Rollout.Kind == RolloutKind.Rollback ? Pipeline.Rollback.Gates : [.. Pipeline.Gates.Where(gate => named.IsEmpty || named.Contains(gate.Name))];
        var validators = leg.Batches.All(batch => batch.Kind == BatchKind.Validators);
        return gates.RemoveAll(gate => (validators && gate.CustomerTraffic) || (gate.OverBake && run.Phase != RunPhase.Baking) || (gate.Canary is not null && !AnyToCompareWith));
    }

    private bool AnyToCompareWith => Fleet.Tally.ServesAnother(Pipeline.Service, Rollout.Plan!.Release);

    /// <summary>The pull that keeps any of the run's hosts from being worked on; null where all may go.</summary>
    public CordPull? Blocking(RegionRun run)
    {
        if (Cord.InForce.IsEmpty)
        {
            return null;
        }

        return Hosts(run).Select(host => Cord.Blocks(host, Purpose, Rollout.Id)).FirstOrDefault(pull => pull is not null);
    }

    /// <summary>Whether the cord was pulled over any of the run's hosts since a person let it go on, even if it was released since (law 9).</summary>
    public bool PulledSince(RegionRun run) => run.CordEpoch < Cord.Epoch && Hosts(run).Any(host => Cord.PulledSince(host, run.CordEpoch));

    /// <summary>Whoever keeps the run from a host; null where nobody does. A rollback is kept from none.</summary>
    public Reservation? Reserved(string host) => Purpose == VisitPurpose.Forward && !Charged.IsEmpty ? ReservedHosts.Keeping(Charged, host, Rollout.Id) : null;

    /// <summary>An AZ's hosts that carry customers, and how many of them are out of service.</summary>
    public (int Hosts, int Out) Capacity(string az) => Fleet.Tally.Capacity(az, Pipeline.Service);

    /// <summary>A host of another AZ that is being changed; null where there is none (law 5).</summary>
    public Host? OtherAzInWork(string az) =>
        Fleet.Active.Where(active => active.Key != az).SelectMany(active => active.Value)
            .Where(host => Fleet.Visits[host].Purpose is VisitPurpose.Forward or VisitPurpose.Rollback)
            .Order(StringComparer.Ordinal).Select(host => Fleet.Hosts[host]).FirstOrDefault();

    private IEnumerable<Host> Hosts(RegionRun run) =>
        run.Touched.Concat(Leg(run)?.Batches.SelectMany(batch => batch.Hosts) ?? []).Select(id => Fleet.Hosts.GetValueOrDefault(id)).OfType<Host>();

    /// <summary>Clocks do not run while the rollout is held: they begin anew when it goes on.</summary>
    public DateTimeOffset Counted(DateTimeOffset since) => since > Rollout.Since ? since : Rollout.Since;
}
