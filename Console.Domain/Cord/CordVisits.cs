using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Cord;

/// <summary>
/// Where visits begin: none that a pull in force keeps out. Pulls that stop everything hold commands at the gate as well; under those that let work finish, this is the one place where nothing new passes.
/// </summary>
public sealed class CordVisits : IVisitRule
{
    public Rejection? Refuses(RegionFleet fleet, IReadOnlyList<VisitOrder> orders, DecisionContext context)
    {
        var cord = context.States.Get<CordState>(CordStreams.Only);
        return !cord.InForce.Any(pull => pull.Mode.LetsFinish()) ? null
            : orders.Where(order => order.Purpose == VisitPurpose.Forward)
                .Select(order => cord.Blocks(fleet.Hosts[order.Host], order.Purpose, order.Rollout) is { } pull && pull.Mode.LetsFinish() ? Held(order, pull) : null)
                .FirstOrDefault(refused => refused is not null);
    }

    private static Rejection Held(VisitOrder order, CordPull pull) =>
        new Rejection(RejectionKind.Blocked, "fleet.cord", $"No visit can begin on {order.Host}.", $"{pull.By} pulled the cord over {pull.Scope} at {pull.At:u}: {pull.Reason}.", "Wait until it is released.")
            .With("pull", pull.Id)
            .With("mode", pull.Mode.ToString());
}
