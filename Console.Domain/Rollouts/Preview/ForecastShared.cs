using System.Collections.Immutable;
using OpsConsole.Domain.Rollouts.Calendar;

namespace OpsConsole.Domain.Rollouts.Preview;

/// <summary>What the regions of one pass over the plan share.</summary>
/// <param name="late">Whether every bake takes its whole extension.</param>
internal sealed class ForecastShared(ForecastInput input, bool late)
{
    private readonly Dictionary<WorkPlace, CalendarAhead> _calendars = [];
    private readonly Dictionary<(string, string), EntryAhead> _entries = [];
    private readonly DateTimeOffset _from = (input.From?.Runs.Values ?? []).Where(run => run.Stage >= 0).SelectMany(run => new[] { run.AzSince, run.BatchSince, run.LetOn }).Where(at => at > DateTimeOffset.MinValue).Append(input.Start).Min();
    private readonly List<HoldForecast> _holds = [];

    public ForecastInput Input => input;

    public bool Late => late;

    public Exposures Exposure { get; } = new(input.Fleet, counts: !late);

    /// <summary>As the run's rules see it: what decides which gates judge.</summary>
    public Rollout Rollout { get; } = new(input.Rollout ?? "") { Plan = input.Plan, Pipeline = input.Pipeline };

    public int HoldCount { get; private set; }

    public ImmutableArray<HoldForecast> Holds => [.. _holds.OrderBy(hold => hold.From).ThenBy(hold => hold.Region, StringComparer.Ordinal).Take(RolloutForecast.MostHolds)];

    public string StageName(int stage) => input.Plan.Stages[stage].Name;

    public CalendarAhead Calendar(PlannedRegion region, string az)
    {
        var place = Place(region, az);
        return _calendars.TryGetValue(place, out var known) ? known : _calendars[place] = new(input.Calendar, place, input.Rollout, _from, _entries);
    }

    public HoldForecast Hold(PlannedRegion region, string az, int stage, int wave, DateTimeOffset from, DateTimeOffset at)
    {
        var hold = ChangeCalendar.Holds(input.Calendar, Place(region, az), input.Rollout, at);
        return new(stage, wave, region.Region, az, [.. hold?.Entries.Select(entry => entry.Entry) ?? []], hold?.Sentence ?? "", from, null);
    }

    public void Held(HoldForecast hold)
    {
        HoldCount++;
        if (!late && _holds.Count < 20 * RolloutForecast.MostHolds)
        {
            _holds.Add(hold);
        }
    }

    private WorkPlace Place(PlannedRegion region, string az) => new(region.Partition, region.Region, az, input.Plan.Service);
}
