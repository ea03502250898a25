using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Streams;

namespace OpsConsole.Domain.Alarms.Audit;

public enum ZoneLevel
{
    Az,
    Region,
}

/// <summary>An alarm that every zone must have.</summary>
/// <param name="Metrics">An alarm over one of these is it, marked or not.</param>
/// <param name="Level">What it must speak for: rollouts go AZ by AZ, so most must tell AZs apart.</param>
/// <param name="What">What it tells.</param>
public sealed record EssentialAlarm(string Id, ImmutableArray<string> Metrics, ZoneLevel Level, string What);

/// <summary>What every zone that serves customers must have an alarm for.</summary>
public static class Essentials
{
    public static ImmutableArray<EssentialAlarm> All { get; } =
    [
        new("errors", [StreamNames.Errors, Metrics.ErrorRate], ZoneLevel.Az, "customers get errors"),
        new("latency", [StreamNames.RequestMs, Metrics.LatencyP99], ZoneLevel.Az, "customers wait too long"),
        new("availability", [StreamNames.Healthy, Metrics.Availability], ZoneLevel.Az, "hosts do not answer their health checks"),
        new("traffic", [StreamNames.Requests], ZoneLevel.Region, "customers no longer come: silent failure"),
        new("canary", ["success", StreamNames.ProbeRight, Metrics.ProbeSuccess], ZoneLevel.Region, "our own customer does not get what it must"),
    ];
}
