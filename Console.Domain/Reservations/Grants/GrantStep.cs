using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Domain.Reservations.Grants;

/// <summary>All that one step of a grant looks at: the charges with the hosts granted earlier in the same step, the fleet as it is decided, the cord.</summary>
internal sealed record GrantStep(RegionReservations Held, RegionFleet Fleet, CordState Cord, RequestReservations Request, DecisionContext Context, ISafetyAuthorities Authorities, IChangeFreezes? Freezes)
{
    public DateTimeOffset Now => Context.Now;

    public ReservationPolicy Policy => Held.Policy;

    public ReservationOverride? Override { get; init; }

    /// <summary>Says which releases are proven; null where nobody does.</summary>
    public IProvenReleases? Proven { get; init; }

    /// <summary>Work that mends the host it is done on: it may be done on a suspect one.</summary>
    public bool MendsHost => Request.Kind is WorkerKind.Remediation or WorkerKind.Emergency || Request.Activities.All(activity => activity.Mends);

    /// <summary>Work that mends, or takes hosts back to what is proven.</summary>
    public bool Mends => Request.Back || MendsHost;

    /// <summary>Whether a second person let this actor pass the check on this host.</summary>
    public bool Passes(ReservationCheck check, string host) => Override is { } given && given.Helps(check, host, Context.Actor.Id, Now);
}
