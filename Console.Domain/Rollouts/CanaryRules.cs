using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Alarms.Judge;

namespace OpsConsole.Domain.Rollouts;

/// <summary>What holds of a gate's canary rule.</summary>
internal static class CanaryRules
{
    private const double MostAlpha = 0.1;
    private const double MostShare = 1_000;
    private const int MostPoints = 5_000;

    /// <param name="at">The list of gates it stands in.</param>
    /// <param name="path">The gate's own.</param>
    public static void Check(Gate gate, string at, string path, Action<bool, string, string> add)
    {
        if (gate.Canary is not { } canary)
        {
            return;
        }

        add(at != "gates", $"{path}.canary", "in a rollback the hosts to compare with are the bad ones; give a limit instead.");
        add(!(canary.Alpha > 0 && canary.Alpha <= MostAlpha), $"{path}.canary.alpha", $"give the chance of a false alarm in a whole bake, above 0 and at most {MostAlpha}.");
        add(!(canary.Floor >= 0 && canary.Floor <= MostShare), $"{path}.canary.floor", "give 0% to 100000%.");
        add(!(canary.Least >= 0 && double.IsFinite(canary.Least)), $"{path}.canary.least", "give 0 or more, in the metric's unit.");
        add(canary.Within is { } within && !(within > canary.Floor && within <= MostShare), $"{path}.canary.within", "give more than the floor: harm beyond it must be ruled out before the bake is good.");
        add(canary.MinSamples is < CanaryRule.LeastSamples or > MostPoints, $"{path}.canary.points", $"give {CanaryRule.LeastSamples} to {MostPoints}.");
    }
}
