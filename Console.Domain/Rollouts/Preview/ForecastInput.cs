using System.Collections.Immutable;
using OpsConsole.Domain.Rollouts.Calendar;

namespace OpsConsole.Domain.Rollouts.Preview;

/// <summary>Everything a forecast rests on.</summary>
/// <param name="Plan">As the planner made it: the forecast changes nothing of its order.</param>
/// <param name="Start">When the rollout starts, or, for one under way, now. UTC.</param>
public sealed record ForecastInput(RolloutPlan Plan, Pipeline Pipeline, CalendarState Calendar, FleetFigures Fleet, VisitTimes Times, DateTimeOffset Start)
{
    /// <summary>Whose overrides of the calendar count; null before it has a name.</summary>
    public string? Rollout { get; init; }

    /// <summary>How often the engine looks what is due: everything happens at one of these moments.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long people take to approve a stage once asked.</summary>
    public TimeSpan ApprovedAfter { get; init; } = TimeSpan.Zero;

    /// <summary>Where a rollout under way stands; null for one that starts.</summary>
    public Standing? From { get; init; }

    /// <summary>The first tick at or after a moment.</summary>
    internal DateTimeOffset At(DateTimeOffset moment) =>
        moment <= Start ? Start : Start + (Tick * Math.Ceiling((double)(moment - Start).Ticks / Tick.Ticks));
}

/// <summary>Where a rollout under way stands.</summary>
/// <param name="Stage">Index of the open stage.</param>
/// <param name="Approved">Names of stages that have their approvals.</param>
public sealed record Standing(int Stage, int Wave, ImmutableHashSet<string> Approved, ImmutableDictionary<string, RegionRun> Runs);
