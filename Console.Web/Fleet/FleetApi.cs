using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Fleet;
using OpsConsole.Web.Access;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Fleet;

/// <summary>The fleet over HTTP: regions, hosts, one host.</summary>
internal static class FleetApi
{
    private const int MostHosts = 1_000;

    public static void MapFleet(this IEndpointRouteBuilder api)
    {
        var fleet = api.MapGroup("/fleet").WithTags("fleet");
        fleet.MapGet("/regions", (HttpContext http, FleetSummaries summaries) => http.Seeing(() => Results.Ok(Regions(http.Actor(), summaries.Now))));
        fleet.MapGet("/regions/{region}/hosts", (string region, string? az, string? rack, string? after, int? take, HttpContext http, FleetSummaries summaries) =>
            Within(http, summaries, region, fleet => Hosts(fleet, az, rack, after, take ?? 100)));
        fleet.MapGet("/regions/{region}/hosts/{host}", (string region, string host, HttpContext http, FleetSummaries summaries) => Within(http, summaries, region, fleet => One(fleet, host)));
        fleet.MapGet("/regions/{region}/hosts/{host}/visits", HostVisitsApi.ReadAsync);
    }

    private static RegionAnswer[] Regions(Actor actor, FleetSummary fleet) =>
        [.. fleet.Regions.Where(region => Permissions.May(actor, Permission.View, Scope.OfRegion(region.Region, region.Partition)))
            .Select(region => new RegionAnswer(region.Partition, region.Region, region.Simulated, region.Hosts.Length, region.InWork, region.Casualties, [.. region.Azs.Select(az => az.Az)]))];

    private static IResult Within(HttpContext http, FleetSummaries summaries, string region, Func<RegionFleet, IResult> answer)
    {
        var fleet = summaries.Region(region);
        var refused = Permissions.Check(http.Actor(), Permission.View, Scope.OfRegion(region, fleet.Partition));
        return refused is not null ? Problems.From(refused)
            : fleet.Hosts.IsEmpty ? Problems.NotFound("fleet.no-such-region", $"The fleet has no region '{region}'.", "See /api/v1/fleet/regions.")
            : answer(fleet);
    }

    private static IResult Hosts(RegionFleet fleet, string? az, string? rack, string? after, int take)
    {
        if (take is < 1 or > MostHosts)
        {
            return Problems.Invalid("fleet.take", $"take is {take}.", $"Ask for 1 to {MostHosts} hosts, then for those after the last one with 'after'.");
        }

        var page = fleet.Hosts.Values
            .Where(host => (az is null || host.Az == az) && (rack is null || host.Rack == rack) && (after is null || string.CompareOrdinal(host.Id, after) > 0))
            .OrderBy(host => host.Id, StringComparer.Ordinal)
            .Take(take + 1)
            .ToArray();
        return Results.Ok(new HostPage([.. page.Take(take)], page.Length > take ? page[take - 1].Id : null));
    }

    private static IResult One(RegionFleet fleet, string host) =>
        fleet.Hosts.TryGetValue(host, out var found)
            ? Results.Ok(new HostAnswer(found, fleet.Visits.GetValueOrDefault(host)))
            : Problems.NotFound("fleet.no-such-host", $"{fleet.Region} has no host '{host}'.", $"See /api/v1/fleet/regions/{fleet.Region}/hosts.");

    public sealed record RegionAnswer(string Partition, string Region, bool Simulated, int Hosts, int InWork, int Casualties, string[] Azs);

    /// <param name="Next">Send as <c>after</c> for the next page; null on the last one.</param>
    public sealed record HostPage(Host[] Hosts, string? Next);

    /// <param name="Visit">The active visit, or else the last one; null where none ever was.</param>
    public sealed record HostAnswer(Host Host, Visit? Visit);
}
