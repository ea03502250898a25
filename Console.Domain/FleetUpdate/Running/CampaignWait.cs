using System.Globalization;
using OpsConsole.Domain.FleetUpdate.Visits;

namespace OpsConsole.Domain.FleetUpdate.Running;

/// <summary>What a campaign waits for, in the words a page shows (law 11).</summary>
/// <param name="Until">When the wait ends at the latest.</param>
/// <param name="Who">Who can end it.</param>
/// <param name="Then">What happens when it ends by itself, or when <paramref name="Until"/> passes.</param>
public sealed record MaintenanceWait(string What, DateTimeOffset Since, DateTimeOffset Until, string Who, string Then);

/// <summary>Finds it from the state alone.</summary>
public static class CampaignWait
{
    /// <summary>Null where the campaign is over.</summary>
    public static MaintenanceWait? Of(FleetUpdateState state, Campaign campaign, UpdateInput input)
    {
        var id = campaign.Order.Id;
        var mine = state.Outages.Values.Where(outage => outage.Items.Any(item => item.Campaign == id)).ToArray();
        Outage[] away = [.. mine.Where(outage => !outage.Baking)], baking = [.. mine.Where(outage => outage.Baking)];
        var parked = state.Parked.Values.Where(one => campaign.Azs.Values.Any(az => az.Hosts.Contains(one.Host)) && campaign.IsOpen(one.Host) && !state.Outages.ContainsKey(one.Host)).OrderBy(one => one.Since).FirstOrDefault();
        return campaign.Status switch
        {
            CampaignStatus.Cancelled or CampaignStatus.Done => null,
            CampaignStatus.Halted or CampaignStatus.Paused => new($"a person: {campaign.Why}", campaign.StatusSince, Later(campaign.Deadline, input.Now), campaign.Order.Rollout is { } part ? $"an operator, who resumes the rollout {part.Id}" : "an operator, who resumes or cancels it", "nothing goes on by itself"),
            _ when away.Length > 0 => new(
                $"{Count(away.Length, "host")} to come back: {Names(away)}", away.Min(outage => outage.GrantedAt), away.Max(outage => outage.Expires), "the hosts themselves", "what is back bakes; a host whose lease runs out is a casualty, and suspect"),
            _ when baking.Length > 0 => new(
                $"{Count(baking.Length, "host")} to bake: {Names(baking)}", baking.Min(outage => outage.Seen!.Returned!.Value), baking.Max(outage => outage.Seen!.Returned!.Value + outage.Bake), "the clock; alarms and checksums, by turning bad", "the next stage begins, or a casualty is counted"),
            _ when campaign.Held is { } held => new(held.Words, held.Since, Later(campaign.Deadline, input.Now), "who may clear quarantines; an operator, who cancels it", "its hosts are asked for again"),
            _ when parked is not null => new($"{parked.Host}, which was refused: {parked.Why}", parked.Since, Later(parked.RetryAt, input.Now), Waker(parked), "it is asked for again"),
            _ when Pace(state, campaign, input) is { } next => new("its pace", input.Now, next, "the clock, or an operator, who orders it quicker", "the next host is asked for"),
            _ when campaign.Order.Rollout is { } part && campaign.Azs.Values.All(az => az.Passed) => new($"rollout {part.Id} to give out its next batch", campaign.StatusSince, Later(campaign.Deadline, input.Now), $"the rollout {part.Id}", "its hosts are asked for"),
            _ => new("its turn", campaign.StatusSince, input.Now + TimeSpan.FromMinutes(1), "the console", "the next hosts are asked for"),
        };
    }

    /// <summary>Hosts whose deadline is nearer than two cycles, and which are still open: they have to be let go soon, or somebody has to know.</summary>
    public static IEnumerable<string> Late(Campaign campaign, DateTimeOffset now)
    {
        var cycle = campaign.Order.Cycle + TimeSpan.FromTicks(campaign.Order.Activities.Sum(one => one.P50.Ticks)) + campaign.Order.Activities.Max(one => one.Bake);
        return campaign.Over || campaign.Deadline - now >= cycle * 2 ? [] : campaign.Azs.Values.SelectMany(az => az.Hosts).Where(campaign.IsOpen);
    }

    public static string Waker(ParkedRequest parked) =>
        parked.NeedsPerson ? "a person"
        : !parked.Blocking.IsEmpty ? $"the return of {string.Join(" or ", parked.Blocking.Take(3))}"
        : parked.WakeOn == "later" ? "the clock"
        : parked.WakeOn;

    private static DateTimeOffset? Pace(FleetUpdateState state, Campaign campaign, UpdateInput input) =>
        Candidates.ActiveAz(state) is { } az && campaign.Azs.TryGetValue(az, out var there) && there.Velocity.Available(input.Now) == 0 ? there.Velocity.Next(input.Now) : null;

    private static string Names(Outage[] outages) => string.Join(", ", outages.Take(3).Select(outage => outage.Host)) + (outages.Length > 3 ? " and others" : "");

    private static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
