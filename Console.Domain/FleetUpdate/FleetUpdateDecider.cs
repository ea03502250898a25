using System.Collections.Immutable;
using OpsConsole.Domain.FleetUpdate.Orders;
using OpsConsole.Domain.FleetUpdate.Running;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Domain.FleetUpdate;

/// <summary>The rules of one region's Fleet Update. Ordering asks the services which hosts can ever be let go; folding asks nobody.</summary>
public sealed class FleetUpdateDecider(ISafetyAuthorities authorities) : IDecider<FleetUpdateState>
{
    public FleetUpdateState Initial(StreamId stream) => new(stream.FirstKey);

    public Decision Decide(FleetUpdateState state, ICommand command, DecisionContext context) =>
        command switch
        {
            OrderCampaign order => CampaignOrdering.Decide(state, order, context, authorities),
            SteerCampaign steer => Steering.Decide(state, steer, context),
            FollowCampaigns => Decision.Accept(Following.Of(state, UpdateInput.Of(context.States, state.Region, context.Now))),
            ParkHosts park => Park(state, park, context),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "not a Fleet Update command"),
        };

    public FleetUpdateState Apply(FleetUpdateState state, IEvent happened, DateTimeOffset at) => FleetUpdateFold.Apply(state, happened, at);

    private static Decision Park(FleetUpdateState state, ParkHosts command, DecisionContext context)
    {
        var input = UpdateInput.Of(context.States, state.Region, context.Now);
        var parked = command.Denials.IsDefault ? [] : command.Denials.DistinctBy(denial => denial.Host).Where(denial => !state.Outages.ContainsKey(denial.Host)).Select(denial => Wakes.Park(state, denial, input)).ToImmutableArray();
        return parked.IsEmpty ? Decision.Nothing : Decision.Accept(new HostsParked(parked));
    }
}
