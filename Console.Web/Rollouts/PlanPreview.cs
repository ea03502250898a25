using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Web.Rollouts;

/// <summary>A plan in figures.</summary>
/// <param name="Least">Bakes alone, the waves one after another, the regions of a wave side by side: it cannot be quicker.</param>
public sealed record PlanPreview(RolloutPlan Plan, IReadOnlyList<StagePreview> Stages, TimeSpan Least)
{
    public static PlanPreview Of(RolloutPlan plan)
    {
        var stages = plan.Stages.Select(stage => new StagePreview(
            stage.Name,
            [.. stage.Waves.SelectMany(wave => wave.Regions).Select(region => region.Region)],
            stage.Waves.SelectMany(wave => wave.Regions).Sum(region => region.Batches.Length),
            stage.Waves.SelectMany(wave => wave.Regions).SelectMany(region => region.Batches).Sum(batch => batch.Hosts.Length),
            stage.Waves.Aggregate(TimeSpan.Zero, (sum, wave) => sum + wave.Regions.Select(Bakes).DefaultIfEmpty().Max()))).ToArray();
        return new(plan, stages, stages.Aggregate(TimeSpan.Zero, (sum, stage) => sum + stage.Least));
    }

    private static TimeSpan Bakes(PlannedRegion region) => region.Batches.Aggregate(TimeSpan.Zero, (sum, batch) => sum + batch.Bake.Duration);
}

public sealed record StagePreview(string Name, IReadOnlyList<string> Regions, int Batches, int Hosts, TimeSpan Least);
