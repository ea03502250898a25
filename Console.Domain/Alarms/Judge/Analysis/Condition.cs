using System.Collections;
using System.Globalization;

namespace OpsConsole.Domain.Alarms.Judge.Analysis;

/// <summary>
/// Conditions over one measured value, <c>v</c> or <c>result</c>: numbers, texts, <c>true</c>, <c>false</c>, <c>nil</c>, <c>v[0]</c>, <c>len asInt asFloat isNaN
/// isInf isNil default</c>, arithmetic, comparisons, <c>&amp;&amp; || !</c>. No loops, no names but these: a condition always ends.
/// </summary>
public static class Condition
{
    public const int LongestText = 4_096;

    /// <summary>The value of the condition, or what is wrong with it. Never throws.</summary>
    public static (object? Value, string? Error) Evaluate(string text, object? measured)
    {
        if (text.Length > LongestText)
        {
            return (null, $"a condition may have {LongestText} characters at most");
        }

        try
        {
            return (new ConditionReader(ConditionTokens.Of(text), measured).Read(), null);
        }
        catch (ConditionException e)
        {
            return (null, $"'{text}': {e.Message}");
        }
    }

    internal static object? Call(string name, object?[] given) => (name, given) switch
    {
        ("asInt", [var value]) => Whole(value),
        ("asFloat", [var value]) => Real(value),
        ("isNaN", [double value]) => double.IsNaN(value),
        ("isInf", [double value]) => double.IsInfinity(value),
        ("isNil", [var value]) => value is null,
        ("len", [string value]) => (double)value.Length,
        ("len", [IList value]) => (double)value.Count,
        ("default", [var value, var otherwise]) => value ?? otherwise,
        _ => throw new ConditionException($"{name} does not take {(given.Length == 1 ? $"a {Kind(given[0])}" : $"{given.Length} values")}, or is not known"),
    };

    internal static object? Item(object? list, object? index) => (list, index) switch
    {
        (IList items, double at) when at >= 0 && at < items.Count && at == Math.Floor(at) => items[(int)at],
        (IList items, double at) => throw new ConditionException(string.Create(CultureInfo.InvariantCulture, $"there is no item {at} of {items.Count}")),
        _ => throw new ConditionException($"a {Kind(list)} has no items"),
    };

    internal static object Operate(string sign, object? left, object? right) => (sign, left, right) switch
    {
        ("==", _, _) when Comparable(left, right) => Equals(left, right),
        ("!=", _, _) when Comparable(left, right) => !Equals(left, right),
        ("&&", bool a, bool b) => a && b,
        ("||", bool a, bool b) => a || b,
        ("<", double a, double b) => a < b,
        ("<=", double a, double b) => a <= b,
        (">", double a, double b) => a > b,
        (">=", double a, double b) => a >= b,
        ("+", double a, double b) => a + b,
        ("-", double a, double b) => a - b,
        ("*", double a, double b) => a * b,
        ("/", double a, double b) => a / b,
        ("%", double a, double b) => a % b,
        ("<", string a, string b) => string.CompareOrdinal(a, b) < 0,
        ("<=", string a, string b) => string.CompareOrdinal(a, b) <= 0,
        (">", string a, string b) => string.CompareOrdinal(a, b) > 0,
        (">=", string a, string b) => string.CompareOrdinal(a, b) >= 0,
        _ => throw new ConditionException($"{sign} does not go with a {Kind(left)} and a {Kind(right)}"),
    };

    private static bool Comparable(object? left, object? right) => left is null || right is null || left.GetType() == right.GetType();

    /// <summary>NaN equals nothing, as numbers do everywhere.</summary>
    private static new bool Equals(object? left, object? right) => left is double a && right is double b ? a == b : object.Equals(left, right);

    private static double Whole(object? value) => value switch
    {
        double number when double.IsFinite(number) => Math.Truncate(number),
        string text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new ConditionException($"it is no whole number: {Shown(value)}"),
    };

    private static double Real(object? value) => value switch
    {
        double number => number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new ConditionException($"it is no number: {Shown(value)}"),
    };

    private static string Shown(object? value) => value is string { Length: > 40 } text ? text[..40] : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "nothing";

    private static string Kind(object? value) => value switch
    {
        null => "nothing",
        double => "number",
        string => "text",
        bool => "truth",
        _ => "list",
    };
}
