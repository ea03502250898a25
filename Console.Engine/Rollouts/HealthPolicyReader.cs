using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Engine.Rollouts;

/// <summary>Reads what a pipeline file says of counts of hosts, timers and velocity.</summary>
internal static class HealthPolicyReader
{
    public static HostRule Hosts(YamlSection section) => new()
    {
        Az = section.Share100("az"),
        Region = section.Share100("region"),
        Fleet = section.Share100("fleet"),
        AzIncrease = section.Share100("azIncrease"),
        RegionIncrease = section.Share100("regionIncrease"),
        FleetIncrease = section.Share100("fleetIncrease"),
    };

    public static HealthTimer Timer(YamlSection section) => new()
    {
        Wait = section.Time("wait", TimeSpan.Zero),
        Stable = section.Time("stable", TimeSpan.Zero),
        Retry = section.Time("retry", TimeSpan.Zero),
        Budget = section.Has("budget") ? section.Time("budget", TimeSpan.Zero) : null,
    };

    public static Velocity? Velocity(YamlSection section) => new(section.Has("hosts") ? section.Int("hosts", 0) : null, section.Has("casualties") ? section.Int("casualties", -1) : null);
}
