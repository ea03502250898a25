using OpsConsole.Domain.FleetUpdate.Running;
using OpsConsole.Domain.FleetUpdate.Visits;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Stateful;

namespace OpsConsole.Domain.FleetUpdate.Travelling;

/// <summary>What a rollout's run is told of the hosts it gave out, from the state alone.</summary>
internal static class RolloutWork
{
    public static Campaign? CampaignOf(FleetUpdateState state, WorkKey work) =>
        state.Campaigns.TryGetValue(RolloutPart.CampaignId(work.Rollout, work.Stage), out var campaign) && campaign.Attempt == work.Attempt ? campaign : null;

    public static HostFate? FateOf(FleetUpdateState state, WorkKey work, string host) =>
        CampaignOf(state, work)?.Hosts.GetValueOrDefault(host) is { End: { } end } progress ? new(end != HostEnd.Done, progress.Why ?? "it was given back", progress.At) : null;

    public static bool IsOpen(FleetUpdateState state, WorkKey work, string host) =>
        CampaignOf(state, work) is { } campaign && campaign.IsOpen(host) && campaign.Azs.Values.Any(az => az.Hosts.LastIndexOf(host) >= 0);

    public static Wait? WaitOf(FleetUpdateState state, WorkKey work, IReadOnlyList<string> hosts, DateTimeOffset since, DateTimeOffset until, DateTimeOffset now)
    {
        if (CampaignOf(state, work) is not { } campaign)
        {
            return new($"Fleet Update to take up {Count(hosts.Count)}", since, until, "the engine", "each is reserved from its store and changed; past the limit a person is asked");
        }

        var id = campaign.Order.Id;
        if (campaign.Status is CampaignStatus.Halted or CampaignStatus.Paused)
        {
            return new($"campaign {id}, which is {campaign.Status.ToString().ToLowerInvariant()}: {campaign.Why}", campaign.StatusSince, until, "an operator, who resumes the rollout", "its hosts are reserved; past the limit a person is asked");
        }

        if (campaign.Held is { } held)
        {
            return new(held.Words, held.Since, until, "who may clear quarantines", "its hosts are reserved; past the limit a person is asked");
        }

        Outage[] outages = [.. hosts.Select(host => state.Outages.GetValueOrDefault(host)).OfType<Outage>()];
        if (outages.Length > 0)
        {
            return Out(outages, until);
        }

        var parked = hosts.Select(host => state.Parked.GetValueOrDefault(host)).OfType<ParkedRequest>().OrderBy(one => one.Since).FirstOrDefault();
        if (parked is not null)
        {
            return new(
                $"the reservation of {parked.Host}, which was refused ({parked.Check}): {parked.Why}", parked.Since, until, $"{CampaignWait.Waker(parked)}; or an operator",
                $"it is reserved and its visit begins; it is asked for again at {parked.RetryAt:u} at the latest, and past the limit a person is asked");
        }

        var az = campaign.Azs.Where(one => one.Value.Hosts.Contains(hosts[0])).Select(one => one.Key).FirstOrDefault();
        return Candidates.ActiveAz(state) is { } active && az is not null && active != az
            ? new($"the turn of {az}: other maintenance is in {active}, and one AZ of a region changes at a time", since, until, "the other maintenance in the region", "its hosts are reserved; past the limit a person is asked")
            : new($"the reservation of {Count(hosts.Count)}", since, until, "the engine", "each is reserved from its store and changed; past the limit a person is asked");
    }

    private static Wait Out(Outage[] outages, DateTimeOffset until)
    {
        var baking = outages.Where(one => one.Baking).ToArray();
        return baking.Length == outages.Length
            ? new($"other maintenance done in the same outage to bake: {Names(baking)}", baking.Min(one => one.Seen!.Returned!.Value), baking.Max(one => one.Seen!.Returned!.Value + one.Bake), "the clock; the hosts, by turning bad", "they are confirmed, or are casualties")
            : new($"{Names([.. outages.Where(one => !one.Baking)])} to come back: reserved, and the change begins or ends", outages.Min(one => one.GrantedAt), Later(until, outages.Max(one => one.Expires)), "the hosts", "what comes back right is confirmed; a host whose lease runs out is a casualty, and suspect");
    }

    private static string Names(Outage[] outages) => string.Join(", ", outages.Take(3).Select(one => one.Host)) + (outages.Length > 3 ? " and others" : "");

    private static string Count(int hosts) => hosts == 1 ? "1 host" : $"{hosts} hosts";

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
