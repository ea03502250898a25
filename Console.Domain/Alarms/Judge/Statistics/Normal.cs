using MathNet.Numerics;

namespace OpsConsole.Domain.Alarms.Judge.Statistics;

/// <summary>The standard normal distribution.</summary>
public static class Normal
{
    /// <summary>Chance of a value above z; keeps its digits far out.</summary>
    public static double Above(double z) => SpecialFunctions.Erfc(z / Constants.Sqrt2) / 2;

    /// <summary>The value below which a share p lies, 0 &lt; p &lt; 1.</summary>
    public static double Quantile(double p) => -Constants.Sqrt2 * SpecialFunctions.ErfcInv(2 * p);
}
