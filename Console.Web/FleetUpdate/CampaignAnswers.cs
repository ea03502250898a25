using System.Collections.Immutable;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.FleetUpdate.Casualties;
using OpsConsole.Domain.FleetUpdate.Orders;
using OpsConsole.Domain.FleetUpdate.Preview;
using OpsConsole.Domain.FleetUpdate.Running;
using OpsConsole.Domain.FleetUpdate.Visits;
using OpsConsole.Engine.FleetUpdate;

namespace OpsConsole.Web.FleetUpdate;

/// <param name="Next">Send as <c>after</c> for the next page; null on the last one.</param>
public sealed record CampaignPage(CampaignItem[] Campaigns, string? Next);

/// <param name="Standings">All hosts together first, then each trait with casualties, most evidence first; at most 100.</param>
/// <param name="LeftOut">Hosts that no plan can take; the first 500 of <paramref name="LeftOutCount"/>.</param>
public sealed record CampaignAnswer(CampaignItem Campaign, CampaignOrder Order, CasualtyStanding[] Standings, LeftHost[] LeftOut, int LeftOutCount)
{
    public static CampaignAnswer Of(FleetUpdateState state, Campaign campaign, UpdateInput input) =>
        new(CampaignItem.Of(state, campaign, input), campaign.Order, [.. campaign.Ledger.Standings(campaign.Order.Casualties).Take(100)], [.. campaign.Left.Take(500)], campaign.Left.Length);
}

public sealed record OutagePage(OutageAnswer[] Outages, string? Next);

/// <param name="Until">When its lease ends, or its bake.</param>
public sealed record OutageAnswer(string Host, string Az, bool Baking, ImmutableArray<string> Activities, DateTimeOffset Since, DateTimeOffset Until, long Token, double SavedMinutes)
{
    public static OutageAnswer Of(Outage one) =>
        new(one.Host, one.Az, one.Baking, one.Traits.Activities, one.GrantedAt, one.Seen?.Returned is { } returned ? returned + one.Bake : one.Expires, one.Token, one.Saved.TotalMinutes);
}

public sealed record ParkedPage(ParkedAnswer[] Parked, string? Next);

/// <param name="Wakes">What wakes it, in words.</param>
public sealed record ParkedAnswer(string Host, string Check, string Why, string Wakes, DateTimeOffset Since, int Tries, DateTimeOffset RetryAt, bool NeedsPerson)
{
    public static ParkedAnswer Of(ParkedRequest one) => new(one.Host, one.Check, one.Why, CampaignWait.Waker(one), one.Since, one.Tries, one.RetryAt, one.NeedsPerson);
}

/// <summary>What an order would do.</summary>
/// <param name="Waves">Groups that go together, were all of a group back before the next; null where no placement is known.</param>
/// <param name="Hours">Until the last host has baked; null where something keeps it from coming to that.</param>
/// <param name="HoursBound">No plan is faster.</param>
/// <param name="Outages">In the order in which they begin; the first 500.</param>
public sealed record PreviewAnswer(
    int Hosts, int Visits, int? Waves, int WavesBound, double? Hours, double HoursBound, double SavedHostMinutes, int MostOut, bool Exact, PlannedAz[] Azs, AzBound[] Bounds, LeftHost[] LeftOut, WaitingHost[] Waiting, PlannedOutage[] Outages)
{
    public static PreviewAnswer Of(CampaignPreview one) =>
        new(
            one.Hosts, one.Outages.Length, one.Bounds.Waves, one.Bounds.WavesBound, (one.Ends - one.Begins)?.TotalHours, one.Bounds.Time.TotalHours, one.Saved.TotalMinutes, one.MostOut, one.Exact,
            [.. one.Azs.Select(az => az with { Hosts = az.Hosts.Length > 500 ? az.Hosts[..500] : az.Hosts })], [.. one.Bounds.Azs], [.. one.Left.Take(500)], [.. one.Waiting.Take(500)], [.. one.Outages.Take(500)]);
}
