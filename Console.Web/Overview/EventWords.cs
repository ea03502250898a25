using System.Collections.Immutable;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;
using OpsConsole.Web.Cord;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Overview;

/// <summary>Events in words, for people who want to know what happened just now.</summary>
public static class EventWords
{
    public static IEnumerable<EventLine> Lines(IEnumerable<Recorded> events) => events.Select(recorded => new EventLine(recorded.Sequence, recorded.At, Of(recorded), Href(recorded)));

    public static string Of(Recorded recorded)
    {
        var region = recorded.Stream.FirstKey;
        return recorded.Event switch
        {
            HostsPlaced e => $"{region}: {Ages.Of(e.Hosts.Length, "host")} placed{(e.Removed.IsEmpty ? "" : $", {e.Removed.Length} taken out")}",
            VisitsBegan e => $"{region}: work began on {Named(e.Visits.Select(visit => visit.Host))}{(e.Visits[0].Release is { } to ? $" towards {to}" : "")}",
            StepsDone e => $"{region}: {Named(e.Reports.Select(report => report.Host))} did {Steps(e.Reports)}",
            VisitsFailed e => $"{region}: {Named(e.Failures.Select(failure => failure.Host))} failed: {e.Failures[0].Detail}",
            VisitsCancelled e => $"{region}: work on {Named(e.Hosts)} given up: {e.Why}",
            CordPulled e => $"{e.By} pulled the cord over {CordModel.Words(e.Scope)}: {e.Reason}",
            CordReleased e => $"{e.By} released the cord {e.Id}: {e.Reason}",
            CordReleaseProposed e => $"{e.By} proposed to release the cord {e.Id}: {e.Reason}",
            _ => $"{EventTypes.NameOf(recorded.Event)} in {recorded.Stream.Value}{(recorded.Reason is { } why ? $": {why}" : "")}",
        };
    }

    private static string? Href(Recorded recorded) =>
        recorded.Stream.Family switch
        {
            FleetStreams.Family => $"/fleet/{recorded.Stream.FirstKey}",
            CordStreams.Family => "/cord",
            "rollout" => $"/rollouts/{recorded.Stream.FirstKey}",
            _ => null,
        };

    private static string Named(IEnumerable<string> hosts) => hosts.ToArray() is var all && all.Length == 1 ? all[0] : $"{all.FirstOrDefault()} and {all.Length - 1} more";

    /// <summary>The step is the last part of the command's id.</summary>
    private static string Steps(ImmutableArray<StepReport> reports) => string.Join(", ", reports.Select(report => report.CommandId[(report.CommandId.LastIndexOf('/') + 1)..].ToLowerInvariant()).Distinct());
}
