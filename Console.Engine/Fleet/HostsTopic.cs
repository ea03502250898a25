using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Live;

namespace OpsConsole.Engine.Fleet;

/// <summary>The topics <c>hosts/region</c>: every host of a region, by its id.</summary>
public sealed class HostsTopic(IStates states) : ITopicSource
{
    public const string Prefix = "hosts/";

    public bool Has(string topic) => topic.StartsWith(Prefix, StringComparison.Ordinal) && states.VersionOf(FleetStreams.Of(topic[Prefix.Length..])) > 0;

    public void Touched(Recorded recorded, ITouched touched)
    {
        var topic = Prefix + recorded.Stream.FirstKey;
        if (recorded.Stream.Family != FleetStreams.Family || !touched.Wanted(topic))
        {
            return;
        }

        foreach (var host in Hosts(recorded.Event))
        {
            touched.Touch(topic, host);
        }
    }

    public IEnumerable<string> Keys(string topic) => Fleet(topic).Hosts.Keys;

    public object? Item(string topic, string key)
    {
        var fleet = Fleet(topic);
        if (!fleet.Hosts.TryGetValue(key, out var host))
        {
            return null;
        }

        var visit = fleet.Visits.GetValueOrDefault(key);
        return new HostItem(host.Az, host.Rack, host.Service, host.State.ToString(), host.Release, host.Simulated, visit?.Status.ToString(), visit?.Step.ToString(), visit?.EndedAt ?? visit?.StepSince);
    }

    private RegionFleet Fleet(string topic) => states.Get<RegionFleet>(FleetStreams.Of(topic[Prefix.Length..]));

    private static IEnumerable<string> Hosts(IEvent happened) =>
        happened switch
        {
            HostsPlaced e => e.Hosts.Select(host => host.Id).Concat(e.Removed),
            VisitsBegan e => e.Visits.Select(visit => visit.Host),
            StepsDone e => e.Reports.Select(report => report.Host),
            VisitsFailed e => e.Failures.Select(failure => failure.Host),
            VisitsCancelled e => e.Hosts,
            _ => [],
        };
}

/// <summary>A host as live clients see it.</summary>
/// <param name="Visit">Status of its last visit; null where it had none.</param>
/// <param name="At">When its visit last moved on.</param>
public sealed record HostItem(string Az, string Rack, string Service, string State, string? Release, bool Simulated, string? Visit, string? Step, DateTimeOffset? At);
