using OpsConsole.Domain.Fleet;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Fleet;

/// <summary>One host with its last visit.</summary>
public sealed record HostPageModel(Host? Host, Visit? Visit)
{
    private static readonly HostStep[] Change = [HostStep.Drain, HostStep.Install, HostStep.Start, HostStep.Verify, HostStep.Restore];

    /// <summary>The visit's steps in order: done, under way, failed, or still to come.</summary>
    public IEnumerable<(HostStep Step, StateKind Kind)> Steps =>
        Visit is not { } visit ? [] : (Change.Contains(visit.Step) ? Change : [visit.Step]).Select(step => (step, KindOf(step, visit)));

    public static HostPageModel Of(RegionFleet fleet, string host) => new(fleet.Hosts.GetValueOrDefault(host), fleet.Visits.GetValueOrDefault(host));

    private static StateKind KindOf(HostStep step, Visit visit) =>
        step < visit.Step || visit.Status == VisitStatus.Done
            ? StateKind.Ok
            : step > visit.Step
                ? StateKind.Idle
                : visit.Status switch { VisitStatus.Failed => StateKind.Bad, VisitStatus.Cancelled => StateKind.Unknown, _ => StateKind.Run };
}
