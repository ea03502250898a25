using System.Collections.Immutable;

namespace OpsConsole.Domain.Rollouts.Preview;

/// <summary>
/// A plan through time: what <see cref="RolloutAdvance"/> and <see cref="RunTick"/> will do, when. The order of everything is the plan's own; only times are
/// foreseen, from visits as they were measured, bakes as they are written and the calendar as it stands.
/// </summary>
public sealed class RolloutForecaster
{
    private readonly ForecastInput _input;
    private readonly ForecastShared _shared;
    private readonly bool _shortened;
    private string? _asks;

    private RolloutForecaster(ForecastInput input, bool late)
    {
        (_input, _shared) = (input, new(input, late));
        _shortened = late || input.Plan.Regions.Sum(region => region.Batches.Length) > RolloutForecast.MostBatches;
    }

    public static RolloutForecast Of(ForecastInput input)
    {
        var (early, late) = (new RolloutForecaster(input, late: false), new RolloutForecaster(input, late: true));
        var (stages, end) = early.Stages();
        var (lateStages, lateEnd) = late.Stages();
        var (exposure, length, worst) = early._shared.Exposure.Steps(input.Start);
        return new(input.Start, end, lateEnd, [.. stages.Zip(lateStages, WithLate)])
        {
            Holds = early._shared.Holds,
            HoldCount = early._shared.HoldCount,
            Exposure = exposure,
            ExposureStep = length,
            Worst = worst,
            Asks = early._asks,
            Shortened = early._shortened,
            Assumptions = Assumptions(input),
            Estimate = input.Plan.Stateful,
        };
    }

    private (ImmutableArray<StageForecast> Stages, DateTimeOffset? End) Stages()
    {
        var stages = ImmutableArray.CreateBuilder<StageForecast>();
        DateTimeOffset? at = _input.Start;
        for (var stage = 0; stage < _input.Plan.Stages.Length; stage++)
        {
            var planned = _input.Plan.Stages[stage];
            var hosts = planned.Waves.SelectMany(wave => wave.Regions).SelectMany(region => region.Batches).Sum(batch => batch.Hosts.Length);
            var past = _input.From is { } from && stage < from.Stage;
            var approval = past || planned.Waves.IsEmpty ? null : Approval(planned, stage, ref at);
            var opens = past ? null : at;
            var waves = ImmutableArray.CreateBuilder<WaveForecast>();
            for (var wave = past ? planned.Waves.Length : _input.From?.Stage == stage ? _input.From.Wave : 0; wave < planned.Waves.Length && at is { } began; wave++)
            {
                waves.Add(Wave(planned.Waves[wave], stage, wave, began));
                at = waves[^1].End;
            }

            stages.Add(new(planned.Name, opens, past || planned.Waves.IsEmpty ? null : at, null, hosts, approval, waves.ToImmutable()));
        }

        return (stages.ToImmutable(), at);
    }

    /// <summary>A stage that asks for approval opens when that was given, a tick after it was asked for at the earliest.</summary>
    private ApprovalForecast? Approval(PlannedStage planned, int stage, ref DateTimeOffset? at)
    {
        var open = _input.From is { } from && (from.Stage >= stage || from.Approved.Contains(planned.Name));
        if (open || _input.Pipeline.Stages.FirstOrDefault(one => one.Name == planned.Name)?.Approval is not { } rule)
        {
            return null;
        }

        var asked = at;
        at = at is { } now ? _input.At(now + (_input.ApprovedAfter > _input.Tick ? _input.ApprovedAfter : _input.Tick)) : null;
        return new(asked, $"{(rule.Count == 1 ? "one" : $"{rule.Count} different")} with the role {string.Join(" or ", rule.Roles)} or higher{(rule.FourEyes ? ", not whoever made the plan" : "")}", asked + rule.Within);
    }

    private WaveForecast Wave(PlannedWave planned, int stage, int wave, DateTimeOffset opens)
    {
        var under = _input.From is { } from && from.Stage == stage && from.Wave == wave ? from : null;
        var regions = planned.Regions.Select(leg => Region(leg, stage, wave, opens + _input.Tick, under?.Runs.GetValueOrDefault(leg.Region))).ToImmutableArray();
        return new(opens, regions.Any(region => region.End is null) ? null : regions.Select(region => region.End!.Value).DefaultIfEmpty(opens).Max(), regions);
    }

    private RegionForecast Region(PlannedRegion leg, int stage, int wave, DateTimeOffset begins, RegionRun? run)
    {
        var forecaster = new RegionForecaster(_shared, leg, stage, wave, listed: !_shortened);
        var begun = run is { } && run.Stage == stage && run.Phase != RunPhase.Waiting;
        var end = begun && run!.Phase == RunPhase.Done ? _input.Start : begun ? forecaster.Resume(run!) : forecaster.Run(begins);
        _asks ??= forecaster.Asks;
        return new(leg.Region, leg.Partition, leg.Batches.Sum(batch => batch.Hosts.Length), begun ? run!.StageSince : begins, end, null, [.. forecaster.Azs], [.. forecaster.Batches]);
    }

    private static StageForecast WithLate(StageForecast stage, StageForecast late) => stage with
    {
        Late = late.End,
        Waves = [.. stage.Waves.Select((wave, w) => wave with { Regions = [.. wave.Regions.Select((region, r) => region with { Late = w < late.Waves.Length ? late.Waves[w].Regions[r].End : null })] })],
    };

    private static ImmutableArray<string> Assumptions(ForecastInput input)
    {
        var basis = input.Plan.Regions.GroupBy(region => input.Times.Basis(region.Region)).OrderByDescending(group => group.Count()).Take(5).Select(group => group.Key);
        var approvals = input.Plan.Stages.Any(stage => input.Pipeline.Stages.FirstOrDefault(one => one.Name == stage.Name)?.Approval is not null);
        return
        [
            .. basis.Select(one => $"visits: {one}"),
            .. input.Plan.Stateful ? ["an estimate: hosts keep data, each is reserved first, and how long its store and other work keep it waiting is not foreseen"] : Array.Empty<string>(),
            "every host comes back right, every gate is good, and a bake's samples come in while it lasts",
            .. approvals ? [$"each approval is given {(input.ApprovedAfter <= TimeSpan.Zero ? "at once" : $"{Words.Of(input.ApprovedAfter)} after it is asked for")}"] : Array.Empty<string>(),
            .. input.Calendar.Entries.IsEmpty ? Array.Empty<string>() : ["the calendar stays as it is now"],
        ];
    }
}
