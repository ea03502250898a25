using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Durability;
using OpsConsole.Domain.Durability.Sets;
using OpsConsole.Domain.Durability.Threats;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Placement;
using OpsConsole.Engine.Durability;
using OpsConsole.Web.Access;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Durability;

/// <summary>Durability over HTTP: each store, what a loss would do to it, codes by every model, threats and what was proven against them.</summary>
internal static class DurabilityApi
{
    private const int MostLives = 200_000;

    public static void MapDurability(this IEndpointRouteBuilder api)
    {
        var durability = api.MapGroup("/durability").WithTags("durability");
        durability.MapGet("", (HttpContext http, DurabilityReader reader) => http.Seeing(() => Results.Ok(reader.Views.Where(view => May(http, view)).Select(DurabilityItem.Of))));
        durability.MapGet("/stores/{service}/{region}", (string service, string region, [AsParameters] AssumedQuery assumed, HttpContext http, DurabilityReader reader) =>
            Within(http, reader, service, region, view => Say(reader.Under(view, assumed), DurabilityItem.Of)));
        durability.MapPost("/stores/{service}/{region}/what-if", (string service, string region, WhatIfBody body, HttpContext http, DurabilityReader reader) =>
            Within(http, reader, service, region, view => Say(reader.Ask(view, body.Loss, body.Assumed ?? new()), answer => WhatIfItem.Of(view, answer))));
        durability.MapGet("/model", (int data, int parity, string? alive, int? lives, int? seed, [AsParameters] AssumedQuery assumed, HttpContext http) => http.Seeing(() => Model(RedundancyCode.ReedSolomon(data, parity), alive, lives ?? 0, seed ?? 1, assumed)));
        durability.MapGet("/threats", (HttpContext http, IStates states, TimeProvider clock) => http.Seeing(() => Results.Ok(ThreatCoverage.Of(ThreatCatalogue.Shipped, states.Get<DrillBook>(ThreatStreams.Only).Drills, clock.GetUtcNow()))));
        durability.MapPost("/threats/{threat}/drills", (string threat, DrillBody body, HttpContext http) => http.SendCommandAsync(new RecordDrill(threat, body.Guard, body.Held, body.Evidence), body.Reason));
    }

    private static bool May(HttpContext http, DurabilityView view) => Permissions.May(http.Actor(), Permission.View, Scope.OfRegion(view.Store.Region, view.From.Partition));

    private static IResult Say<T>((T? Value, Rejection? Refused) answer, Func<T, object> shown)
        where T : class => answer.Refused is { } refused ? Problems.From(refused) : Results.Ok(shown(answer.Value!));

    private static IResult Within(HttpContext http, DurabilityReader reader, string service, string region, Func<DurabilityView, IResult> answer) =>
        reader.Find(service, region) is not { } view
            ? http.Seeing(() => Problems.NotFound("durability.no-such-store", $"Nothing is known of where {service} in {region} keeps its data.", "See /api/v1/durability; a store shows itself some seconds after the console started."))
            : Permissions.Check(http.Actor(), Permission.View, Scope.OfRegion(region, view.From.Partition)) is { } refused ? Problems.From(refused) : answer(view);

    private static IResult Model(RedundancyCode code, string? alive, int lives, int seed, AssumedQuery asked)
    {
        if (DurabilityReader.Read(asked, new(), code, out var assumed) is { } refused)
        {
            return Problems.From(refused);
        }

        int[] whole = [.. Enumerable.Range(0, StateTable.Azs).Select(az => (code.Shards + StateTable.Azs - 1 - az) / StateTable.Azs)];
        var counts = alive is null ? whole : [.. alive.Split(',').Select(count => int.TryParse(count, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : -1)];
        return counts.Length != StateTable.Azs || counts.Any(count => count is < 0 or > Questions.MostShards) || counts.Sum() > code.Shards || lives is < 0 or > MostLives
            ? Problems.From(DurabilityReader.Invalid("durability.model", $"alive is three counts, such as 3,2,0, of at most {code.Shards} together, and lives 0 to {MostLives:N0}.", "Ask with such numbers."))
            : Results.Ok(Questions.Answer(code, assumed, [.. counts], lives, seed));
    }

    /// <param name="Held">Whether what was expected was seen.</param>
    /// <param name="Evidence">Where it can be looked up.</param>
    public sealed record DrillBody(string Guard, bool Held, string Evidence, string? Reason = null);

    /// <param name="Racks">Each as <c>az/rack</c>.</param>
    public sealed record WhatIfBody(ImmutableArray<string>? Hosts = null, ImmutableArray<string>? Racks = null, ImmutableArray<string>? Azs = null, AssumedQuery? Assumed = null)
    {
        internal ImaginedLoss Loss => new(Hosts ?? [], Racks ?? [], Azs ?? []);
    }

    /// <param name="Lost">Sets that could be read and could not be any more.</param>
    /// <param name="LeastSlackLeft">Of the sets that stand; −1 where none does.</param>
    /// <param name="SteadyHours">Until all is rebuilt; null where something is lost for good.</param>
    public sealed record WhatIfItem(string Store, bool Simulated, string Code, FailureAssumptions Assumed, int Killed, long Touched, long Lost, ImmutableArray<LostSet> Evidence, int LeastSlackLeft, ImmutableArray<long> BySlack, double LossBefore, double LossAfter, double ExpectedLostSets, double? SteadyHours)
    {
        public static WhatIfItem Of(DurabilityView view, WhatIfAnswer answer) =>
            new(
                view.Store.ToString(), view.From.Simulated, view.From.Placement.Code.Name, answer.After.Table.Assumed, answer.Killed, answer.Touched, answer.Lost, answer.Evidence, answer.LeastSlackLeft, answer.After.Now.BySlack,
                answer.Before.Now.Loss, answer.After.Now.Loss, answer.After.Now.ExpectedLost, answer.TimeToSteady?.TotalHours);
    }
}
