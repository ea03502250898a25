using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Fleet;

/// <summary>The rules of one region's fleet: visits, their steps, fencing tokens and one AZ at a time.</summary>
/// <param name="rules">What other slices have to say on visits.</param>
public sealed class FleetDecider(params ImmutableArray<IVisitRule> rules) : IDecider<RegionFleet>
{
    public RegionFleet Initial(StreamId stream) => new(stream.FirstKey);

    public Decision Decide(RegionFleet state, ICommand command, DecisionContext context) =>
        command switch
        {
            PlaceHosts place => HostPlacement.Decide(state, place, context.States),
            BeginVisits begin => VisitStart.Decide(state, begin, context, rules),
            ReportSteps report => VisitSteps.Decide(state, report, context.Now),
            ExpireVisits => VisitSteps.Expire(state, context.Now),
            SettleVisits settle => VisitSettling.Decide(state, settle),
            CancelVisits cancel => VisitSteps.Cancel(state, cancel),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "not a fleet command"),
        };

    public RegionFleet Apply(RegionFleet state, IEvent happened, DateTimeOffset at) =>
        happened switch
        {
            HostsPlaced placed => HostPlacement.Apply(state, placed),
            VisitsBegan began => VisitStart.Apply(state, began),
            StepsDone done => VisitSteps.Apply(state, done, at),
            VisitsFailed failed => VisitSteps.Apply(state, failed, at),
            CancelledAnswered answered => VisitSteps.Apply(state, answered, at),
            VisitsSettled settled => VisitSettling.Apply(state, settled, at),
            VisitsCancelled cancelled => VisitSteps.Apply(state, cancelled, at),
            _ => state,
        };
}
