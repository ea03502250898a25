using System.Globalization;

namespace OpsConsole.Tests.Durability;

/// <summary>Figures as somebody printed them: known to half a unit of their last digit, and no better.</summary>
internal static class Printed
{
    public static double Value(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <param name="slack">Relative error the source itself admits.</param>
    public static void Agrees(string text, double ours, double slack = 0)
    {
        var mantissa = text.Split('e', 'E')[0];
        var exponent = text.Contains('e', StringComparison.OrdinalIgnoreCase) ? int.Parse(text[(mantissa.Length + 1)..], CultureInfo.InvariantCulture) : 0;
        var decimals = mantissa.Contains('.', StringComparison.Ordinal) ? mantissa.Length - mantissa.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        var half = 0.5000001 * Math.Pow(10, exponent - decimals);
        var value = Value(text);
        Assert.True(Math.Abs(ours - value) <= half + (slack * Math.Abs(value)), $"printed {text}, ours {ours:R}");
    }

    public static void Within(double expected, double ours, double relative) =>
        Assert.True(Math.Abs(ours - expected) <= relative * Math.Abs(expected), $"expected {expected:R}, ours {ours:R}, off by {(ours / expected) - 1:E2}");
}
