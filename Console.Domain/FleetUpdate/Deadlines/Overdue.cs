using System.Collections.Immutable;
using OpsConsole.Domain.FleetUpdate.Running;

namespace OpsConsole.Domain.FleetUpdate.Deadlines;

/// <summary>The deadline alarm of a campaign's hosts: raised once for each host that is still to be visited when the deadline passes, and ended once.</summary>
internal static class Overdue
{
    /// <summary>Before the deadline halts the campaign: what each host waited for until then is what a person has to know.</summary>
    public static void Raise(Story story, string id, UpdateInput input)
    {
        var campaign = story.State.Campaigns[id];
        if (campaign.Over || input.Now < campaign.Deadline)
        {
            return;
        }

        var late = campaign.Azs.Values.SelectMany(az => az.Hosts).Where(host => campaign.IsOpen(host) && !campaign.Overdue.Contains(host)).ToArray();
        if (late.Length > 0)
        {
            var words = late.Length > DeadlineMove.MostSingly ? late.Take(DeadlineMove.MostSingly) : late;
            story.Tell(new HostsOverdue(id, [.. late], [.. words.Select(host => new OverdueHost(host, HostWait.Of(story.State, campaign, host, input)))]));
        }
    }

    public static void End(Story story, string id)
    {
        var campaign = story.State.Campaigns[id];
        if (campaign.Overdue.IsEmpty)
        {
            return;
        }

        var ended = campaign.Overdue.Where(host => campaign.Over || !campaign.IsOpen(host)).ToImmutableArray();
        if (!ended.IsEmpty)
        {
            story.Tell(new OverdueEnded(id, ended, [.. ended.Take(DeadlineMove.MostSingly).Select(host => new OverdueHost(host, How(campaign, host)))]));
        }
    }

    public static FleetUpdateState Apply(FleetUpdateState state, HostsOverdue e, DateTimeOffset at)
    {
        if (!state.Campaigns.TryGetValue(e.Campaign, out var campaign))
        {
            return state;
        }

        var singly = e.Hosts.Length <= DeadlineMove.MostSingly;
        state = state with { Campaigns = state.Campaigns.SetItem(e.Campaign, campaign with { Overdue = campaign.Overdue.Union(e.Hosts), OverdueSingly = singly }) };
        return singly ? e.Told.Aggregate(state, (so, host) => Note(so, campaign, [host], 1, over: false, at)) : Note(state, campaign, e.Told, e.Hosts.Length, over: false, at);
    }

    public static FleetUpdateState Apply(FleetUpdateState state, OverdueEnded e, DateTimeOffset at)
    {
        if (!state.Campaigns.TryGetValue(e.Campaign, out var campaign))
        {
            return state;
        }

        var left = campaign.Overdue.Except(e.Hosts);
        state = state with { Campaigns = state.Campaigns.SetItem(e.Campaign, campaign with { Overdue = left }) };
        return campaign.OverdueSingly ? e.Told.Aggregate(state, (so, host) => Note(so, campaign, [host], 1, over: true, at))
            : left.IsEmpty ? Note(state, campaign, e.Told, e.Hosts.Length, over: true, at)
            : state;
    }

    private static FleetUpdateState Note(FleetUpdateState state, Campaign campaign, ImmutableArray<OverdueHost> hosts, int count, bool over, DateTimeOffset at)
    {
        var move = new DeadlineMove((state.DeadlineMoves.IsEmpty ? 0 : state.DeadlineMoves[^1].Number) + 1, at, campaign.Order.Id, campaign.Deadline, hosts, count, over);
        return state with { DeadlineMoves = [.. state.DeadlineMoves.TakeLast(DeadlineMove.Kept - 1), move] };
    }

    private static string How(Campaign campaign, string host) =>
        campaign.Hosts.GetValueOrDefault(host) is { End: { } end } progress
            ? end switch { HostEnd.Done => "everything is done on it", HostEnd.Casualty => $"it is a casualty: {progress.Why}", _ => $"it was left: {progress.Why}" }
            : $"the campaign is {campaign.Status.ToString().ToLowerInvariant()}: {campaign.Why}";
}
