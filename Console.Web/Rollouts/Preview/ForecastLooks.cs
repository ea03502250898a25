using System.Globalization;
using OpsConsole.Domain.Rollouts.Preview;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Rollouts.Preview;

/// <summary>How a forecast looks and is said.</summary>
public static class ForecastLooks
{
    public static string When(DateTimeOffset? at) => at is { } moment ? Ages.Full(moment) : "cannot be told";

    /// <summary>The end and how long it takes.</summary>
    public static string End(DateTimeOffset start, DateTimeOffset? end) => end is { } at ? $"{Ages.Full(at)}, {Ages.Words(at - start)}" : "cannot be told";

    public static string Percent(double share) => share is > 0 and < 0.001 ? "< 0.1 %" : (100 * share).ToString(share is > 0 and < 0.1 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %";

    public static string Hold(HoldForecast hold) => $"{hold.Region}: {hold.Why}, {Ages.Full(hold.From)} to {(hold.To is { } to ? Ages.Full(to) : "later than a person is asked")}";

    /// <summary>Hosts at risk through time, in steps.</summary>
    public static IReadOnlyList<PlotTrace> Traces(RolloutForecast forecast)
    {
        object[] times = [.. forecast.Exposure.Select(step => (object)step.From)];
        return
        [
            new("on it, not yet baked", times, [.. forecast.Exposure.Select(step => (double?)step.Exposed)], "bake") { Steps = true },
            new("out of service", times, [.. forecast.Exposure.Select(step => (double?)step.Out)], "warn") { Steps = true, Dash = "dash" },
        ];
    }

    /// <summary>What the chart shows, for who cannot see it.</summary>
    public static string Words(RolloutForecast forecast) =>
        $"At worst {Ages.Of(forecast.Worst.Exposed, "host")} on the release and not yet baked, and {Ages.Of(forecast.Worst.Out, "host")} out of service: {Percent(forecast.Worst.OutOfAz)} of an AZ, {Percent(forecast.Worst.OutOfRegion)} of a region.";
}
