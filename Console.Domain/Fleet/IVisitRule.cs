using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Fleet;

/// <summary>Another slice's say on whether visits may begin. The fleet asks in the step that begins them, so that no way in passes it.</summary>
public interface IVisitRule
{
    /// <summary>Why they may not; null where they may. Stops and rollbacks are for no rule to refuse.</summary>
    /// <param name="orders">Of hosts the fleet has.</param>
    Rejection? Refuses(RegionFleet fleet, IReadOnlyList<VisitOrder> orders, DecisionContext context);

    /// <summary>Whether the step that is due may be sent to the host now; asked again at every look.</summary>
    bool MayLeave(Visit visit, string region, IStates states) => true;
}
