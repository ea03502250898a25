using System.Globalization;

namespace OpsConsole.Domain.Alarms.Judge;

/// <summary>A comparison in words, with all its figures.</summary>
internal static class JudgeWords
{
    public static string Difference(CanaryRule rule, Comparison compared, double adjusted) =>
        string.Create(CultureInfo.InvariantCulture, $"{(compared.Difference > 0 ? "above" : "below")} the baseline by more than {Share(rule.Floor)} and beyond chance (p {adjusted:0.##E+0} at alpha {rule.Alpha:0.######}): {Figures(compared)}");

    public static string Figures(Comparison compared)
    {
        var effect = compared.Effect is { } share ? $", {Signed(share * 100)} % of the baseline" : "";
        var bounds = compared is { Low: { } low, High: { } high } ? $" ({compared.Confidence * 100:0.##} % interval {Signed(low)} to {Signed(high)})" : "";
        return string.Create(CultureInfo.InvariantCulture, $"median {Figure(compared.Median)} of {compared.Count} points against {Figure(compared.BaselineMedian)} of {compared.BaselineCount}, difference {Signed(compared.Difference)}{bounds}{effect}");
    }

    public static string Share(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##} %");

    /// <summary>Four digits, at any scale.</summary>
    public static string Figure(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Signed(double value) => value > 0 ? $"+{Figure(value)}" : Figure(value);
}
