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

    /// <summary>A gate's metric; what it is where a gate counts hosts, obeys alarms or asks a source.</summary>
    public static string Metric(YamlSection section, bool hosts) =>
        hosts ? section.Text("metric", HostRule.Metric)
        : section.Has("alarms") ? section.Text("metric", AlarmGate.Metric)
        : section.Has("query") ? section.Text("metric", GateQuery.Metric)
        : section.Required("metric");

    /// <summary><c>alarms: all</c>, or a list of which.</summary>
    public static AlarmGate? Alarms(YamlSection section) => section.Has("alarms") ? new(section.Texts("alarms", alone: "all")) : null;

    /// <summary><c>query:</c>, and the <c>source:</c> that is asked.</summary>
    public static GateQuery? Query(YamlSection section) => section.Has("query") | section.Has("source") ? new(section.Text("source", "prometheus"), section.Required("query")) : null;

    public static HealthTimer Timer(YamlSection section) => new()
    {
        Wait = section.Time("wait", TimeSpan.Zero),
        Stable = section.Time("stable", TimeSpan.Zero),
        Retry = section.Time("retry", TimeSpan.Zero),
        Budget = section.Has("budget") ? section.Time("budget", TimeSpan.Zero) : null,
    };

    public static Velocity? Velocity(YamlSection section) => new(section.Has("hosts") ? section.Int("hosts", 0) : null, section.Has("casualties") ? section.Int("casualties", -1) : null);
}
