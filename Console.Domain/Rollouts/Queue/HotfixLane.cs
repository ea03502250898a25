using OpsConsole.Domain.Alarms;

namespace OpsConsole.Domain.Rollouts.Queue;

/// <summary>A pipeline's lane for what cannot wait: ahead of the queue, with shorter bakes.</summary>
/// <param name="Bakes">Percent of each bake's time that is left, 10 to 100. Samples and gates stay as they are.</param>
public sealed record HotfixRules(int Bakes)
{
    public const int Least = 10;
}

/// <summary>A pipeline as a hotfix travels it: still one host first in every region, still judged by every gate.</summary>
internal static class HotfixLane
{
    public static Pipeline Of(Pipeline pipeline, HotfixRules rules)
    {
        var least = Least(pipeline);
        return pipeline with
        {
            Stages =
            [
                .. pipeline.Stages.Select(stage => stage with
                {
                    OneBox = stage.Hosts == StageHosts.Validators ? null : Shorter(OneBox(stage, least), rules, least),
                    BatchBake = Shorter(stage.BatchBake, rules, least),
                    AzBake = Shorter(stage.AzBake, rules, least),
                    RegionBake = Shorter(stage.RegionBake, rules, least),
                }),
            ],
        };
    }

    /// <summary>Time for every gate to see all the windows it looks back on, and to be stable where it must be: less would be no gate.</summary>
    private static TimeSpan Least(Pipeline pipeline)
    {
        var windows = pipeline.Window * pipeline.Gates.Select(gate => gate.Of).DefaultIfEmpty(1).Max();
        var timers = pipeline.Gates.Select(gate => gate.Timer).OfType<HealthTimer>().Select(timer => timer.Wait + timer.Stable).DefaultIfEmpty(TimeSpan.Zero).Max();
        return windows > timers ? windows : timers;
    }

    /// <summary>A stage without a one-box gets one: the bake its first batch, AZ or region would have had.</summary>
    private static Bake OneBox(PipelineStage stage, TimeSpan least) =>
        stage.OneBox is { IsNone: false } own ? own
        : new[] { stage.BatchBake, stage.AzBake, stage.RegionBake }.Where(bake => !bake.IsNone).OrderByDescending(bake => bake.Duration).FirstOrDefault() ?? new(least, 0, TimeSpan.FromMinutes(10));

    private static Bake Shorter(Bake bake, HotfixRules rules, TimeSpan least)
    {
        if (bake.IsNone)
        {
            return bake;
        }

        var shorter = bake.Duration * rules.Bakes / 100;
        var floor = bake.Duration < least ? bake.Duration : least;
        return bake with { Duration = shorter > floor ? shorter : floor };
    }
}
