using System.Collections.Immutable;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate.Visits;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;

namespace OpsConsole.Domain.FleetUpdate.Running;

/// <summary>
/// The commands that are due on hosts and reservations, from the state alone: sent again until their effect shows, and each harmless when it comes twice. Giving back first, then what is under way, then what begins.
/// </summary>
public static class Effects
{
    /// <summary>A reservation is asked for longer than the outage takes in 99 of 100 cases, by this factor: what comes late is late, not lost.</summary>
    public const int LeaseFactor = 2;

    /// <summary>A visit's limit ends before its lease: between deciding and beginning it the clock goes on.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    public static ImmutableArray<ICommand> Of(FleetUpdateState state, UpdateInput input) =>
        [.. state.Outages.Values.Where(outage => !outage.Baking).SelectMany(outage => Of(state, outage, input)).OrderBy(command => command switch { CancelVisits => 0, ReleaseReservation or ProveHealthy => 1, AdvanceReservation => 2, _ => 3 })];

    /// <summary>Interrupted hosts are suspect: they are reserved anew to be mended, by doing what was to be done.</summary>
    public static ImmutableArray<Candidate> ToMend(FleetUpdateState state, UpdateInput input) =>
        [.. state.Outages.Values
            .Where(outage => !outage.Baking && GoesOn(state, outage) && input.Interrupted(outage))
            .Select(outage => new Candidate(outage.Host, outage.Az, PlanOf(state, outage)))
            .Where(candidate => !candidate.Plan.IsEmpty)
            .Take(Candidates.MostAtOnce)];

    /// <summary>What an outage does, by its items.</summary>
    public static VisitPlan PlanOf(FleetUpdateState state, Outage outage) => VisitPlan.Combine(ItemsOf(state, outage), _ => true);

    public static TimeSpan LeaseOf(VisitPlan plan, ReservationPolicy policy) => Shorter(plan.P99 * LeaseFactor, policy.MaxTtl);

    private static IEnumerable<OpenItem> ItemsOf(FleetUpdateState state, Outage outage) =>
        from item in outage.Items
        let campaign = state.Campaigns.GetValueOrDefault(item.Campaign)
        where campaign is not null
        select new OpenItem(item.Campaign, item.Index, campaign.Order.Activities[item.Index], campaign.Order.Cycle, campaign.Order.MaxOutage, campaign.At);

    private static IEnumerable<ICommand> Of(FleetUpdateState state, Outage outage, UpdateInput input)
    {
        var (visit, charge) = (input.VisitOf(outage), input.ChargeOf(outage));
        if (charge is null)
        {
            return [];
        }

        if (!charge.Live)
        {
            return visit is { Status: VisitStatus.Done, Sample: { Mismatches: 0 } sample } && input.Now <= visit.EndedAt + TimeSpan.FromMinutes(1) ? [new ProveHealthy(state.Region, outage.Host, outage.Token, Sample(sample))] : [];
        }

        return visit switch
        {
            null => Begin(state, outage, charge, input),
            { Status: VisitStatus.Active } => UnderWay(state, outage, visit, charge, input),
            { Status: VisitStatus.Done } => [new ReleaseReservation(state.Region, outage.Host, outage.Token, HostHealth.Healthy, Sample(visit.Sample))],
            { Status: VisitStatus.Cancelled } => [new ReleaseReservation(state.Region, outage.Host, outage.Token, HostHealth.Unknown)],
            _ => visit.EndedAt >= visit.Deadline ? [] : [new ReleaseReservation(state.Region, outage.Host, outage.Token, HostHealth.Unhealthy)],
        };
    }

    private static IEnumerable<ICommand> UnderWay(FleetUpdateState state, Outage outage, Visit visit, Reservation charge, UpdateInput input)
    {
        if (!input.StoppedSince(outage.Host, visit.CordEpoch))
        {
            return AdvanceOf(charge.State, visit) is { } to ? [new AdvanceReservation(state.Region, outage.Host, outage.Token, to)] : [];
        }

        // A way back is stopped by every pull since, as any rollback is: a person lets it go on. A host that is taken up again was changed half before it was.
        var begun = outage.Resumed > 0 || charge.State is ReservationState.Executing or ReservationState.Verifying;
        return SafePoints.Of(input.Cord, input.Fleet.Hosts[outage.Host], visit, begun) is var settled && settled != SafePoint.Hold && visit.Purpose == VisitPurpose.Forward
            ? [new SettleVisits(state.Region, [visit.Id], settled, input.Cord.Epoch, settled == SafePoint.Finish ? "the cord was pulled, and its change had begun" : "the cord was pulled before its change began")]
            : [new CancelVisits(state.Region, [visit.Id], "the cord was pulled")];
    }

    private static IEnumerable<ICommand> Begin(FleetUpdateState state, Outage outage, Reservation charge, UpdateInput input)
    {
        var plan = PlanOf(state, outage);
        var limit = outage.Expires - input.Now - Margin;
        if (!GoesOn(state, outage) || plan.IsEmpty || limit < Shorter(plan.P99, (outage.Expires - outage.GrantedAt) / 2) || input.PulledSince(outage.Host, outage.CordEpoch) || !input.Fleet.Hosts.TryGetValue(outage.Host, out var host))
        {
            return [new ReleaseReservation(state.Region, outage.Host, outage.Token, charge.Mends ? HostHealth.Unknown : HostHealth.Healthy)];
        }

        var part = outage.Items.Select(item => state.Campaigns[item.Campaign].Order.Rollout).FirstOrDefault(one => one is not null);
        var order = new VisitOrder(outage.Visit, outage.Host, part is { Back: true } ? VisitPurpose.Rollback : VisitPurpose.Forward, plan.Software?.Version ?? host.Release, input.DigestOf(host, plan.Software), part?.Id, limit) { Changes = plan.Changes, Reservation = outage.Token };
        return [new BeginVisits(state.Region, [order], outage.CordEpoch)];
    }

    /// <summary>Running and not held, all of them: a pause, a halt or a quarantine takes back what has not begun. So does a lease that has become too short for the work while something kept it from beginning.</summary>
    private static bool GoesOn(FleetUpdateState state, Outage outage) =>
        outage.Items.All(item => state.Campaigns.TryGetValue(item.Campaign, out var campaign) && campaign.GoesOn);

    private static ReservationState? AdvanceOf(ReservationState at, Visit visit) =>
        (visit.Step, at) switch
        {
            _ when visit.AtPull == SafePoint.TurnBack => at is ReservationState.Draining ? ReservationState.Restoring : null,
            (HostStep.Drain, ReservationState.Granted) => ReservationState.Draining,
            (HostStep.Install or HostStep.Start, ReservationState.Granted or ReservationState.Draining) => ReservationState.Executing,
            (HostStep.Verify or HostStep.Restore, ReservationState.Granted or ReservationState.Draining) => ReservationState.Executing,
            (HostStep.Verify or HostStep.Restore, ReservationState.Executing) => ReservationState.Verifying,
            _ => null,
        };

    private static ChecksumSample? Sample(ShardSample? sample) => sample is null ? null : new(sample.Checked, sample.Mismatches);

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
