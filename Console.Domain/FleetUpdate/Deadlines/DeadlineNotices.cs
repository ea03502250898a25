using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Notifications;

namespace OpsConsole.Domain.FleetUpdate.Deadlines;

/// <summary>Tells people of hosts that were not visited in time: a book for each region.</summary>
public sealed class DeadlineNotices : INoticeSource
{
    public string Name => "fleet-update";

    public IEnumerable<(string Key, long Version)> Books(IStates states) =>
        states.All<FleetUpdateState>(FleetUpdateStreams.Family).Where(one => !one.State.DeadlineMoves.IsEmpty).Select(one => (one.State.Region, one.Version));

    public ImmutableArray<ToldMove> Moves(string key, IStates states)
    {
        var fleet = states.Get<RegionFleet>(FleetStreams.Of(key));
        return [.. states.Get<FleetUpdateState>(FleetUpdateStreams.Of(key)).DeadlineMoves.Select(move => Told(move, fleet))];
    }

    private static ToldMove Told(DeadlineMove move, RegionFleet fleet)
    {
        var kind = move.Over ? TransitionKind.VisitOverdueEnded : TransitionKind.VisitOverdue;
        var words = string.Join("; ", move.Hosts.Select(host => move.Count == 1 ? host.Words : $"{host.Host}: {host.Words}")) + (move.Count > move.Hosts.Length ? $"; and {move.Count - move.Hosts.Length} more" : "");
        var why = move.Over ? words : $"it waits for {words}";
        var who = move.Count == 1 ? move.Hosts[0].Host : $"{move.Count} hosts";
        var what = (move.Over, move.Count) switch
        {
            (true, 1) => "is waited for no more",
            (true, _) => "are waited for no more",
            (false, 1) => $"was to be visited by {move.Deadline:u} and was not",
            _ => $"were to be visited by {move.Deadline:u} and were not",
        };
        var content = new NoticeContent($"{(fleet.Simulated ? "[simulated] " : "")}Campaign {move.Campaign} in {fleet.Region}: {who} {what}", kind, move.At, $"/fleet-update?region={Uri.EscapeDataString(fleet.Region)}#campaign-{move.Campaign}", fleet.Simulated)
        {
            Where = fleet.Region, By = "timer", Why = why.Length > 1_000 ? $"{why[..999]}…" : why,
        };
        var services = move.Hosts.Select(host => fleet.Hosts.GetValueOrDefault(host.Host)?.Service).OfType<string>().ToImmutableHashSet();
        return new(new(move.Number, kind, move.At, "timer", content.Why, null, null), content, services.IsEmpty || move.Count > move.Hosts.Length ? null : services, fleet.Region, fleet.Partition);
    }
}
