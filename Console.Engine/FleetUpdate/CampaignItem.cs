using System.Collections.Immutable;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.FleetUpdate.Running;

namespace OpsConsole.Engine.FleetUpdate;

/// <summary>A campaign as live clients and the API see it.</summary>
/// <param name="Open">Hosts on which something is still to be done.</param>
/// <param name="SavedMinutes">Host-minutes that combining has saved so far.</param>
/// <param name="Late">Hosts whose deadline is nearer than two cycles; the first hundred.</param>
/// <param name="HaltAt">Casualties among as many hosts as have ended that halt it.</param>
public sealed record CampaignItem(
    string Region, string Id, CampaignStatus Status, string? Why, DateTimeOffset Since, string By, string Reason, ImmutableArray<string> Activities, int Hosts, int Open, int Done, int Casualties, long HaltAt, int Out, int Baking, double SavedMinutes,
    DateTimeOffset Deadline, ImmutableArray<string> Late, ImmutableArray<AzItem> Azs, MaintenanceWait? Wait)
{
    private const int MostNamed = 100;

    /// <summary>Hosts that were not visited by the deadline; the first hundred.</summary>
    public ImmutableArray<string> Overdue { get; init; } = [];

    /// <summary>The rollout it changes hosts for, which alone steers it; null where people ordered it.</summary>
    public string? Rollout { get; init; }

    public static CampaignItem Of(FleetUpdateState state, Campaign one, UpdateInput input)
    {
        var ends = one.Hosts.Values.Where(host => host.End is not null).GroupBy(host => host.End!.Value).ToDictionary(end => end.Key, end => end.Count());
        var mine = state.Outages.Values.Where(outage => outage.Items.Any(item => item.Campaign == one.Order.Id)).ToArray();
        return new(
            state.Region, one.Order.Id, one.Status, one.Why, one.StatusSince, one.By, one.Reason, [.. one.Order.Activities.Select(activity => activity.Version is null ? $"{activity.Kind}" : activity.Artifact)],
            one.Count, one.Count - ends.Values.Sum(), ends.GetValueOrDefault(HostEnd.Done), ends.GetValueOrDefault(HostEnd.Casualty), one.Order.Casualties.Overall.HaltAt(one.Ledger.All.Hosts), mine.Count(outage => !outage.Baking), mine.Count(outage => outage.Baking), one.Saved.TotalMinutes,
            one.Deadline, [.. CampaignWait.Late(one, input.Now).Take(MostNamed)], [.. one.Azs.Select(az => AzItem.Of(az.Key, az.Value, one, input.Now))], CampaignWait.Of(state, one, input))
        {
            Overdue = [.. one.Overdue.Take(MostNamed)],
            Rollout = one.Order.Rollout?.Id,
        };
    }
}

/// <param name="Stage">Of the canary sequence; <c>passed</c> when the AZ is over.</param>
/// <param name="PerHour">Hosts an hour that its pace lets go; 0 while halted.</param>
/// <param name="Cap">Hosts that may be out at once.</param>
public sealed record AzItem(string Az, int Hosts, int Ended, string Stage, int StageHosts, DateTimeOffset Since, double PerHour, int MayGoNow, int Cap)
{
    internal static AzItem Of(string name, AzProgress az, Campaign one, DateTimeOffset now) =>
        new(name, az.Hosts.Length, az.Hosts.Count(host => !one.IsOpen(host)), az.Passed ? "passed" : az.Stages[az.Stage].Name, az.Allowed, az.Since, az.Velocity.PerHour, az.Velocity.Available(now), Domain.FleetUpdate.Running.Room.Cap(one, name));
}
