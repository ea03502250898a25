using OpsConsole.Domain.Alarms.Judge;

namespace OpsConsole.Engine.Rollouts;

/// <summary>Reads a gate's section <c>canary</c>.</summary>
internal static class CanaryReader
{
    public static CanaryRule Read(YamlSection section)
    {
        var rule = new CanaryRule();
        return rule with
        {
            Harm = section.Choice("direction", rule.Harm),
            Alpha = section.Number("alpha") ?? rule.Alpha,
            Floor = section.Share("floor") ?? rule.Floor,
            Least = section.Number("least") ?? rule.Least,
            Within = section.Share("within"),
            MinSamples = section.Int("points", rule.MinSamples),
            Points = section.Choice("gaps", rule.Points),
            DropOutliers = section.Choice("outliers", OutlierChoice.Keep) == OutlierChoice.Drop,
            Mode = section.Choice("judge", rule.Mode),
        };
    }

    private enum OutlierChoice
    {
        Keep,
        Drop,
    }
}
