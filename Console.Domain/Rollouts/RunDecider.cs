using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Rollouts.Calendar;
using OpsConsole.Domain.Rollouts.Stateful;

namespace OpsConsole.Domain.Rollouts;

/// <summary>The rules of one rollout in one region; decided by the region's writer, beside its fleet.</summary>
public sealed class RunDecider : IDecider<RegionRun>
{
    public RegionRun Initial(StreamId stream) => new(stream.FirstKey, stream.Key[(stream.FirstKey.Length + 1)..]);

    public Decision Decide(RegionRun state, ICommand command, DecisionContext context) =>
        Decision.Accept(RunTick.Evaluate(state, Input(context.States, state.Region, state.Rollout, ((AdvanceRun)command).Health, context.Now)));

    public RegionRun Apply(RegionRun state, IEvent happened, DateTimeOffset at) => RunFold.Apply(state, happened, at);

    public static RunInput Input(IStates states, string region, string rollout, Alarms.HealthWindow? health, DateTimeOffset now)
    {
        var known = states.Get<Rollout>(RolloutStreams.Of(rollout));
        return new(known, states.Get<RegionFleet>(FleetStreams.Of(region)), states.Get<CordState>(CordStreams.Only), health, now)
        {
            Calendar = states.Get<CalendarState>(CalendarStreams.Only),
            Charged = states.Get<RegionReservations>(ReservationStreams.Of(region)).Charged,
            Work = known.Plan is { Stateful: true } ? states.Get<IStatefulWork>(StatefulWork.Of(region)) : null,
        };
    }
}
