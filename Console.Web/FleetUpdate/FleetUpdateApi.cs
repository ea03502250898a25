using OpsConsole.Domain.Access;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.FleetUpdate.Running;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.FleetUpdate;
using OpsConsole.Web.Access;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.FleetUpdate;

/// <summary>Fleet Update over HTTP.</summary>
internal static class FleetUpdateApi
{
    public static void MapFleetUpdate(this IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/fleet-update").WithTags("fleet update");
        all.MapGet("", (string? after, int? take, HttpContext http, MaintenanceReader reader) => http.Seeing(() => reader.All(http.Actor(), take, after)));
        all.MapGet("/{region}", (string region, CampaignStatus? status, string? after, int? take, HttpContext http, MaintenanceReader reader) => reader.Within(http, region, (state, input) => Paged.Answer(
            state.Campaigns.Values, one => one.Order.Id, one => status is null || one.Status == status, take, after, (page, next) => new CampaignPage([.. page.Select(one => CampaignItem.Of(state, one, input))], next))));
        all.MapPost("/{region}", OrderAsync);
        all.MapGet("/{region}/outages", (string region, string? az, string? after, int? take, HttpContext http, MaintenanceReader reader) => reader.Within(http, region, (state, _) => Paged.Answer(
            state.Outages.Values, one => one.Host, one => az is null || one.Az == az, take, after, (page, next) => new OutagePage([.. page.Select(OutageAnswer.Of)], next))));
        all.MapGet("/{region}/parked", (string region, string? after, int? take, HttpContext http, MaintenanceReader reader) => reader.Within(http, region, (state, _) => Paged.Answer(
            state.Parked.Values, one => one.Host, _ => true, take, after, (page, next) => new ParkedPage([.. page.Select(ParkedAnswer.Of)], next))));
        var one = all.MapGroup("/{region}/campaigns/{campaign}");
        one.MapGet("", (string region, string campaign, HttpContext http, MaintenanceReader reader) => reader.Within(http, region, (state, input) => state.Campaigns.TryGetValue(campaign, out var known)
            ? Results.Ok(CampaignAnswer.Of(state, known, input))
            : Problems.NotFound("fleetupdate.unknown", $"{region} has no campaign '{campaign}'.", $"See /api/v1/fleet-update/{region}.")));
        Steer(one, "pause", CampaignIntent.Pause);
        Steer(one, "resume", CampaignIntent.Resume);
        Steer(one, "cancel", CampaignIntent.Cancel);
    }

    private static void Steer(RouteGroupBuilder one, string path, CampaignIntent intent) =>
        one.MapPost($"/{path}", (string region, string campaign, CampaignReasonBody body, HttpContext http, MaintenanceReader reader) => http.SendCommandAsync(reader.Placed(new SteerCampaign(region, campaign, intent)), body.Reason));

    private static async Task<IResult> OrderAsync(string region, CampaignBody body, HttpContext http, MaintenanceReader reader, CampaignPreviews previews)
    {
        var command = reader.Placed(body.Command(region));
        if (!body.DryRun)
        {
            return await http.SendCommandAsync(command, body.Reason);
        }

        var (preview, refused) = previews.Of(command, http.Actor(), body.Reason);
        return refused is null ? Results.Ok(PreviewAnswer.Of(preview!)) : Problems.From(refused);
    }
}

/// <summary>Finds a region's maintenance for who may see it, and says where the region lies in commands for it.</summary>
internal sealed class MaintenanceReader(IStates states, FleetSummaries fleet, TimeProvider clock)
{
    public IResult All(Actor actor, int? take, string? after)
    {
        var mine = states.All<FleetUpdateState>(FleetUpdateStreams.Family).Select(one => one.State).Where(state => Permissions.May(actor, Permission.View, Scope.OfRegion(state.Region, fleet.Region(state.Region).Partition))).OrderBy(state => state.Region, StringComparer.Ordinal);
        return Paged.Answer(
            mine.SelectMany(state => state.Campaigns.Values.Select(campaign => (State: state, Campaign: campaign))), one => $"{one.State.Region}/{one.Campaign.Order.Id}", _ => true, take, after,
            (page, next) => new CampaignPage([.. page.Select(one => CampaignItem.Of(one.State, one.Campaign, UpdateInput.Of(states, one.State.Region, clock.GetUtcNow())))], next));
    }

    public IResult Within(HttpContext http, string region, Func<FleetUpdateState, UpdateInput, IResult> answer)
    {
        var known = fleet.Region(region);
        return Permissions.Check(http.Actor(), Permission.View, Scope.OfRegion(region, known.Partition)) is { } refused ? Problems.From(refused)
            : known.Hosts.IsEmpty && states.VersionOf(FleetUpdateStreams.Of(region)) == 0 ? Problems.NotFound("fleet.no-such-region", $"The fleet has no region '{region}'.", "See /api/v1/fleet/regions.")
            : answer(states.Get<FleetUpdateState>(FleetUpdateStreams.Of(region)), UpdateInput.Of(states, region, clock.GetUtcNow()));
    }

    public T Placed<T>(T command)
        where T : FleetUpdateCommand => command with { Partition = fleet.Region(command.Region).Partition };
}
