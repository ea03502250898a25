using System.Collections.Immutable;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.FleetUpdate.Casualties;
using OpsConsole.Domain.FleetUpdate.Running;
using OpsConsole.Engine.FleetUpdate;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.FleetUpdate;

/// <summary>A region's maintenance as the page shows it.</summary>
/// <param name="Regions">All regions one may choose from.</param>
/// <param name="Campaigns">Those that are not over first, then the newest.</param>
/// <param name="Casualties">The campaign that is not over and has the most evidence first: all hosts, then each trait with casualties.</param>
public sealed record FleetUpdateModel(
    ImmutableArray<string> Regions, string Region, bool Simulated, ImmutableArray<CampaignItem> Campaigns, ImmutableArray<OutageAnswer> Out, ImmutableArray<OutageAnswer> Baking, ImmutableArray<ParkedAnswer> Parked, ImmutableArray<CasualtyLine> Casualties, ImmutableArray<string> Proven)
{
    private const int MostLines = 50;

    public static FleetUpdateModel Of(ImmutableArray<string> regions, bool simulated, FleetUpdateState state, UpdateInput input)
    {
        var outages = state.Outages.Values.Select(OutageAnswer.Of).ToArray();
        return new(
            regions,
            state.Region,
            simulated,
            [.. state.Campaigns.Values.OrderBy(one => one.Over).ThenByDescending(one => one.At).Select(one => CampaignItem.Of(state, one, input))],
            [.. outages.Where(one => !one.Baking).OrderBy(one => one.Until)],
            [.. outages.Where(one => one.Baking).OrderBy(one => one.Until)],
            [.. state.Parked.Values.Where(one => !state.Outages.ContainsKey(one.Host)).OrderBy(one => one.Since).Select(ParkedAnswer.Of)],
            [.. state.Campaigns.Values.Where(one => !one.Over && one.Ledger.All.Hosts > 0).SelectMany(one => one.Ledger.Standings(one.Order.Casualties).Select(standing => new CasualtyLine(one.Order.Id, standing))).OrderByDescending(line => line.Standing.Evidence).Take(MostLines)],
            [.. state.Proven]);
    }

    public static StateKind Kind(CampaignStatus status) =>
        status switch
        {
            CampaignStatus.Running => StateKind.Run,
            CampaignStatus.Paused => StateKind.Warn,
            CampaignStatus.Halted => StateKind.Bad,
            CampaignStatus.Done => StateKind.Ok,
            _ => StateKind.Idle,
        };

    public static StateKind Kind(CasualtySignal signal) => signal switch { CasualtySignal.Halt => StateKind.Bad, CasualtySignal.Warn => StateKind.Warn, _ => StateKind.Ok };

    /// <summary>What steering reaches.</summary>
    public static string BlastRadius(CampaignItem one, CampaignIntent intent) =>
        intent switch
        {
            CampaignIntent.Resume => $"{one.Id} goes on in {one.Region}: {Ages.Of(one.Open, "host")} still to be visited, one AZ at a time. It was stopped: {one.Why}. Hosts that the cord interrupted are taken up again, and casualties are counted from none.",
            CampaignIntent.Cancel => $"{one.Id} ends for good in {one.Region}: {Ages.Of(one.Open, "host")} will not be visited by it. {Ages.Of(one.Out, "host")} that are out come back as planned; those that wait to begin are given back.",
            _ => $"{one.Id} lets no further host of {one.Region} go. {Ages.Of(one.Out, "host")} that are out come back as planned.",
        };
}

public sealed record CasualtyLine(string Campaign, CasualtyStanding Standing)
{
    public string Of => Standing.Key is { } key ? $"{key.Dimension.ToString().ToLowerInvariant()} {key.Value}" : "all hosts";
}
