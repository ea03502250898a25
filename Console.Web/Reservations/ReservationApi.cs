using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Reservations;
using OpsConsole.Engine.Reservations.Authorities;
using OpsConsole.Web.Access;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Reservations;

/// <summary>Reservations over HTTP.</summary>
internal static class ReservationApi
{
    public static void MapReservations(this IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/reservations").WithTags("reservations");
        all.MapGet("", (HttpContext http, IStates states, FleetSummaries fleet) => http.Seeing(() => Results.Ok(Figures(http.Actor(), states, fleet))));
        all.MapGet("/authorities", (HttpContext http, AuthorityBook book) => http.Needing(Permission.View, () => Results.Ok(book.All.Select(one => new AuthorityAnswer(one.Service, one.Authority.Name, one.Problem)))));
        all.MapGet("/{region}", (string region, ReservationState? state, string? az, string? after, int? take, HttpContext http, RegionReader reader) =>
            reader.Within(http, region, held => Paged.Answer(
                held.Charged.Values.OrderBy(one => one.Host, StringComparer.Ordinal), one => one.Host, one => (state is null || one.State == state) && (az is null || one.Az == az), take, after, (page, next) => new ReservationPage([.. page], next))));
        all.MapPost("/{region}", RequestAsync);
        all.MapGet("/{region}/tiers", (string region, HttpContext http, RegionReader reader, ServiceTierReader tiers) => reader.Within(http, region, _ => Results.Ok(tiers.Read(region))));
        all.MapGet("/{region}/policy", (string region, HttpContext http, RegionReader reader) => reader.Within(http, region, held => Results.Ok(held.Policy)));
        all.MapPut("/{region}/policy", (string region, ReservationPolicy policy, HttpContext http, RegionReader reader) => http.SendCommandAsync(reader.Placed(new SetReservationPolicy(region, policy))));
        all.MapGet("/{region}/overrides", (string region, HttpContext http, RegionReader reader) => reader.Within(http, region, held => Results.Ok(held.Overrides.Values.OrderBy(one => one.Id, StringComparer.Ordinal))));
        all.MapPost("/{region}/overrides", (string region, OverrideBody body, HttpContext http, RegionReader reader) =>
            http.SendCommandAsync(reader.Placed(new GrantOverride(region, body.Id, body.Check, body.Host, body.For, TimeSpan.FromMinutes(body.Minutes))), body.Reason));
        MapHost(all.MapGroup("/{region}/hosts/{host}"));
    }

    private static void MapHost(IEndpointRouteBuilder host)
    {
        host.MapGet("", (string region, string host, HttpContext http, RegionReader reader) => reader.Within(http, region, held =>
            held.Charged.TryGetValue(host, out var one) ? Results.Ok(one) : Problems.NotFound("reservation.none", $"Nobody holds {host}.", $"See /api/v1/reservations/{region}.")));
        host.MapPost("/renew", (string region, string host, RenewBody body, HttpContext http, RegionReader reader) => http.SendCommandAsync(reader.Placed(new RenewReservation(region, host, body.Token, TimeSpan.FromSeconds(body.TtlSeconds)))));
        host.MapPost("/advance", (string region, string host, AdvanceBody body, HttpContext http, RegionReader reader) => http.SendCommandAsync(reader.Placed(new AdvanceReservation(region, host, body.Token, body.To))));
        host.MapPost("/release", (string region, string host, HealthBody body, HttpContext http, RegionReader reader) => http.SendCommandAsync(reader.Placed(new ReleaseReservation(region, host, body.Token, body.Health, body.Sample)), body.Reason));
        host.MapPost("/prove-healthy", (string region, string host, HealthBody body, HttpContext http, RegionReader reader) => http.SendCommandAsync(reader.Placed(new ProveHealthy(region, host, body.Token, body.Sample)), body.Reason));
        host.MapPost("/rebuilt", (string region, string host, TokenBody body, HttpContext http, RegionReader reader) => http.SendCommandAsync(reader.Placed(new RebuildFinished(region, host, body.Token)), body.Reason));
        host.MapPost("/write-off", (string region, string host, ReasonBody body, HttpContext http, RegionReader reader) => http.SendCommandAsync(reader.Placed(new WriteOff(region, host)), body.Reason));
        host.MapPost("/force-release", (string region, string host, ReasonBody body, HttpContext http, RegionReader reader) => http.SendCommandAsync(reader.Placed(new ForceRelease(region, host)), body.Reason));
    }

    private static async Task<IResult> RequestAsync(string region, RequestBody body, HttpContext http, RegionReader reader, ReservationDesk desk)
    {
        if (!http.TryRequest(reader.Placed(body.Command(region, "")), body.Reason, null, out var request, out var refused))
        {
            return refused;
        }

        if (body.DryRun)
        {
            var run = await desk.ExamineAsync(request, http.RequestAborted);
            return run.Refused is { } whole ? Problems.From(whole) : Results.Ok(new DryRunAnswer([.. run.Granted], [.. run.Denials]));
        }

        var answer = await desk.RequestAsync(request, http.RequestAborted);
        return http.Answer(answer.Result, new GrantAnswer([.. answer.Granted], [.. answer.NotGranted]));
    }

    private static RegionFigures[] Figures(Actor actor, IStates states, FleetSummaries fleet) =>
        [.. states.All<RegionReservations>(ReservationStreams.Family)
            .Where(one => Permissions.May(actor, Permission.View, Scope.OfRegion(one.State.Region, fleet.Region(one.State.Region).Partition)))
            .OrderBy(one => one.State.Region, StringComparer.Ordinal)
            .Select(one => RegionFigures.Of(one.State))];
}

/// <summary>Finds a region's reservations for who may see them, and says where the region lies in commands for it.</summary>
internal sealed class RegionReader(IStates states, FleetSummaries fleet)
{
    public IResult Within(HttpContext http, string region, Func<RegionReservations, IResult> answer)
    {
        var known = fleet.Region(region);
        return Permissions.Check(http.Actor(), Permission.View, Scope.OfRegion(region, known.Partition)) is { } refused ? Problems.From(refused)
            : known.Hosts.IsEmpty && states.VersionOf(ReservationStreams.Of(region)) == 0 ? Problems.NotFound("fleet.no-such-region", $"The fleet has no region '{region}'.", "See /api/v1/fleet/regions.")
            : answer(states.Get<RegionReservations>(ReservationStreams.Of(region)));
    }

    public T Placed<T>(T command)
        where T : ReservationCommand => command with { Partition = fleet.Region(command.Region).Partition };
}
