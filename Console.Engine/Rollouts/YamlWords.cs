using System.Globalization;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Engine.Rollouts;

/// <summary>Times, percents and sizes as people write them; null where a text is not one.</summary>
internal static class YamlWords
{
    public static TimeSpan? Time(string text)
    {
        var unit = text.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        if (!int.TryParse(text[..^unit.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        return unit switch
        {
            "ms" => TimeSpan.FromMilliseconds(number),
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            "d" when number <= 10_000 => TimeSpan.FromDays(number),
            _ => null,
        };
    }

    public static int? Percent(string text) =>
        text.EndsWith('%') && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static BatchSize? Batch(string text) =>
        Percent(text) is { } percent ? new(percent, Percent: true)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new(number, Percent: false)
        : null;

    public static (int Bad, int Of)? Windows(string text)
    {
        var parts = text.Split(" of ");
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var bad)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var of) ? (bad, of) : null;
    }
}
