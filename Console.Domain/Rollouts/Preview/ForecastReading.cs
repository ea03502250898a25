using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Domain.Rollouts.Approvals;
using OpsConsole.Domain.Rollouts.Calendar;

namespace OpsConsole.Domain.Rollouts.Preview;

/// <summary>What a forecast rests on, read from the states.</summary>
public static class ForecastReading
{
    /// <summary>Of a start now: by the plan that the start itself would make (law 13).</summary>
    public static (ForecastInput? Input, Rejection? Refused) Start(IStates states, string service, string release, string pipeline, DateTimeOffset now, TimeSpan tick, string? rollout = null, bool hotfix = false, ISafetyAuthorities? authorities = null)
    {
        var (plan, refused) = RolloutStart.Preview(states, service, release, pipeline, hotfix, authorities);
        return plan is null ? (null, refused) : (Of(states, plan, RolloutStart.Travelled(states.Get<PipelineFile>(PipelineStreams.Of(pipeline)).Content!, hotfix), now, tick, rollout), null);
    }

    /// <summary>Of a plan that is not saved anywhere, such as one by an edited pipeline.</summary>
    public static ForecastInput Of(IStates states, RolloutPlan plan, Pipeline pipeline, DateTimeOffset start, TimeSpan tick, string? rollout = null)
    {
        var reached = plan.Regions.Select(region => region.Region).ToHashSet();
        RegionFleet[] fleets = [.. states.All<RegionFleet>(FleetStreams.Family).Select(one => one.State).Where(fleet => reached.Contains(fleet.Region))];
        return new(plan, pipeline, states.Get<CalendarState>(CalendarStreams.Only), FleetFigures.Of(fleets, plan.Service), VisitTimes.Of(fleets, pipeline), start) { Tick = tick, Rollout = rollout };
    }

    /// <summary>Of what is left of a rollout under way, from now on.</summary>
    public static ForecastInput UnderWay(IStates states, Rollout rollout, DateTimeOffset now, TimeSpan tick)
    {
        var runs = rollout.Open.Select(region => states.Get<RegionRun>(RunStreams.Of(region.Region, rollout.Id))).ToImmutableDictionary(run => run.Region);
        var approved = Enumerable.Range(0, rollout.Plan!.Stages.Length).Where(stage => !ApprovalRules.Lacking(rollout, stage, now)).Select(stage => rollout.Plan.Stages[stage].Name);
        return Of(states, rollout.Plan, rollout.Pipeline!, now, tick, rollout.Id) with { From = new(rollout.Stage, rollout.Wave, [.. approved], runs) };
    }
}
