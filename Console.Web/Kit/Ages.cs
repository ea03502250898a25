using System.Globalization;

namespace OpsConsole.Web.Kit;

/// <summary>Times and counts in words, the same everywhere.</summary>
public static class Ages
{
    /// <summary>Such as <c>0.3 s</c>, <c>42 s</c>, <c>6 min</c>, <c>2 h 10 min</c>, <c>3 d 4 h</c>.</summary>
    public static string Words(TimeSpan span)
    {
        var at = span.Duration();
        return at switch
        {
            { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds:0.0} s"),
            { TotalSeconds: < 100 } => string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds:0} s"),
            { TotalMinutes: < 100 } => string.Create(CultureInfo.InvariantCulture, $"{at.TotalMinutes:0} min"),
            { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{(int)at.TotalHours} h {at.Minutes} min"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{(int)at.TotalDays} d {at.Hours} h"),
        };
    }

    public static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Full(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>With thousands separators.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>1 host</c> or <c>12,013 hosts</c>.</summary>
    public static string Of(long number, string one, string? many = null) => $"{Count(number)} {(number == 1 ? one : many ?? one + "s")}";

    /// <summary>A share in per cent with one digit where it is small; "0 %" only where it is none.</summary>
    public static string Share(long part, long whole)
    {
        var percent = whole == 0 ? 0 : 100.0 * part / whole;
        return percent is > 0 and < 0.1 ? "< 0.1 %" : percent.ToString(percent is > 0 and < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %";
    }
}
