using OpsConsole.Domain.ProvingGround.Patients;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.ProvingGround;

/// <summary>The proving ground over HTTP: its processes, and what is wrong with them on purpose.</summary>
internal static class GroundApi
{
    public static void MapGround(this IEndpointRouteBuilder api)
    {
        var ground = api.MapGroup("/ground").WithTags("ground");
        ground.MapGet("", (HttpContext http, GroundReader reader) => http.Seeing(() => Show(reader)));
        ground.MapPost("/hosts/{host}/ill", (string host, IllBody body, HttpContext http, GroundReader reader) =>
            Within(reader, region => http.SendCommandAsync(new MakeIll(region, host, body.Ailment, body.Amount, TimeSpan.FromSeconds(Math.Clamp(body.Seconds, -1, 1_000_000))), body.Reason)));
        ground.MapPost("/hosts/{host}/heal", (string host, HealBody body, HttpContext http, GroundReader reader) =>
            Within(reader, region => http.SendCommandAsync(new Heal(region, host, body.Ailment), body.Reason)));
    }

    private static IResult Show(GroundReader reader) =>
        !reader.Exists ? None()
        : reader.Picture is { } picture ? Results.Ok(picture)
        : Problems.From(new(OpsConsole.Domain.Journal.RejectionKind.Unavailable, "ground.starting", "The proving ground was not shown.", "It was not looked at yet.", "Ask again in two seconds."));

    private static async Task<IResult> Within(GroundReader reader, Func<string, Task<IResult>> send) =>
        reader.Picture is { } picture ? await send(picture.Region) : reader.Exists ? Show(reader) : None();

    private static IResult None() => Problems.NotFound("ground.none", "This console operates no proving ground.", "Start it with --world proving-ground or both.");

    /// <param name="Amount">How badly, in the ailment's unit; left out for the usual.</param>
    /// <param name="Seconds">How long, 1 to 3,600.</param>
    public sealed record IllBody(Ailment Ailment, string Reason, int? Amount = null, int Seconds = 60);

    /// <param name="Ailment">Left out for all the host has.</param>
    public sealed record HealBody(Ailment? Ailment = null, string? Reason = null);
}
