using System.Collections.Immutable;
using OpsConsole.Domain.Rollouts.Story;

namespace OpsConsole.Domain.Rollouts.Preview;

/// <summary>What was foreseen beside what happened.</summary>
/// <param name="Batches">Those that have begun, in their order; at most <see cref="Most"/>.</param>
/// <param name="EndMoves">How much later the end is, or is expected now, than was foreseen; negative where sooner, null where either cannot be told.</param>
public sealed record ForecastDifference(ImmutableArray<BatchSlip> Batches, TimeSpan? EndMoves)
{
    public const int Most = 500;

    /// <param name="planned">As foreseen for the moment it started.</param>
    /// <param name="now">The forecast of what is left; null where it has ended or waits for a person.</param>
    public static ForecastDifference Of(RolloutForecast planned, RolloutStory story, RolloutForecast? now)
    {
        var foreseen = planned.Stages.SelectMany((stage, s) => stage.Waves.SelectMany(wave => wave.Regions).SelectMany(region => region.Batches.Select(batch => ((s, region.Region, batch.Index), batch.Begins)))).ToDictionary(one => one.Item1, one => one.Begins);
        var slips = story.Batches.Select(batch => new BatchSlip(batch.Stage, batch.Region, batch.Index, batch.Az, foreseen.TryGetValue((batch.Stage, batch.Region, batch.Index), out var begins) ? begins : null, batch.Began));
        return new([.. slips.Take(Most)], (story.End ?? now?.End) - planned.End);
    }
}

/// <param name="Foreseen">Null where the forecast is shortened, or the batch is of a later plan.</param>
public sealed record BatchSlip(int Stage, string Region, int Index, string Az, DateTimeOffset? Foreseen, DateTimeOffset Began)
{
    /// <summary>Positive where it began later.</summary>
    public double? SecondsLate => (Began - Foreseen)?.TotalSeconds;
}
