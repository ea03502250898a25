using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Audit;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Rehearsal;

/// <summary>
/// The starter set of the simulated fleet's web service, in every zone it is in: what <c>alarm starter web</c> would make of what the feed hands in, there from the
/// first start on, so that a rollout is gated by the alarms of the zones it touches. Rollouts of every size are quiet to them while all is well.
/// </summary>
public static class SimulatedAlarms
{
    public const string Group = "simulated-web";

    private const string Service = "web";

    /// <summary>What the slowest hundredth of requests takes while all is well, in ms.</summary>
    private const double UsualMs = 44;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <summary>Puts them once: what a person changed or took out stays so. Answers with what was refused.</summary>
    public static async Task<Rejection?> SeedAsync(ICommands commands, IStates states, CancellationToken cancel)
    {
        var zones = Zones(states);
        if (zones.Length == 0 || states.VersionOf(AlarmStreams.Of(Group)) != 0)
        {
            return null;
        }

        var streams = zones.SelectMany(zone => new[] { StreamNames.Requests, StreamNames.Errors, StreamNames.RequestMs, StreamNames.Healthy }.Select(metric =>
            new StreamFacts(new MetricStream(metric) { Service = Service, Partition = zone.Partition, Region = zone.Region, Az = zone.Az }, DateTimeOffset.MinValue, Every, 6)));
        var set = StarterSet.For(Service, zones, new StreamLookup([.. streams]), _ => UsualMs);
        return (await commands.SendAsync(new CommandRequest(new PutAlarms(Group, set.Alarms), Actor.Engine, "the simulated world as it is", Cause: "rehearsal"), cancel).ConfigureAwait(false)).Rejection;
    }

    private static AuditZone[] Zones(IStates states) =>
    [
        .. from fleet in states.All<RegionFleet>(FleetStreams.Family)
           where fleet.State.Simulated
           from zone in fleet.State.Hosts.Values.Where(host => host is { Simulated: true, Validator: false, Service: Service }).GroupBy(host => host.Az)
           select new AuditZone(Service, fleet.State.Partition, fleet.State.Region, zone.Key, zone.Count(), Simulated: true),
    ];
}
