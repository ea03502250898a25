using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Calendar;
using OpsConsole.Engine.Fleet;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Rollouts.Calendar;

/// <summary>The change calendar over HTTP: entries, overrides, zones, and the question whether work may begin.</summary>
internal static class CalendarApi
{
    public static void MapCalendar(this IEndpointRouteBuilder api)
    {
        var calendar = api.MapGroup("/calendar").WithTags("calendar");
        calendar.MapGet("", (HttpContext http, IStates states, TimeProvider clock) => http.Seeing(() => Show(http, states, clock.GetUtcNow()))).WithSummary("The calendar over the next 14 days, where work may begin, and what is held.").Produces<CalendarPicture>();
        calendar.MapGet("/ask", Ask).WithSummary("Whether work may begin in a place at a moment; if not, what holds it and when it opens.").Produces<AskAnswer>();
        calendar.MapPost("/entries/{id}", (string id, EntryBody body, HttpContext http, FleetSummaries fleet) => http.SendCommandAsync(new AddEntry(body.Entry(id, fleet)), body.Reason)).WithSummary("A new freeze or window.").Produces<CommandDone>();
        calendar.MapPut("/entries/{id}", (string id, EntryBody body, HttpContext http, FleetSummaries fleet) => http.SendCommandAsync(new ChangeEntry(body.Entry(id, fleet)), body.Reason)).WithSummary("Replaces a freeze or window; ends its overrides; needs a reason.").Produces<CommandDone>();
        calendar.MapDelete("/entries/{id}", (string id, string? reason, HttpContext http) => http.SendCommandAsync(new RemoveEntry(id), reason)).WithSummary("Takes a freeze or window out; needs a reason.").Produces<CommandDone>();
        calendar.MapPost("/entries/{id}/override", (string id, OverrideBody body, HttpContext http) => http.SendCommandAsync(new OverrideEntry(id, body.Rollout, TimeSpan.FromMinutes(body.Minutes)), body.Reason)).WithSummary("Lets work pass this one entry for a while; needs its role and a reason.").Produces<CommandDone>();
        calendar.MapDelete("/entries/{id}/override", (string id, string? rollout, string? reason, HttpContext http) => http.SendCommandAsync(new EndOverride(id, rollout), reason)).WithSummary("Ends an override before its time.").Produces<CommandDone>();
        calendar.MapPut("/zones/{scope}", (string scope, ZoneBody body, HttpContext http, FleetSummaries fleet) =>
            Scope.Parse(scope) is { } where ? http.SendCommandAsync(new SetZone(fleet.Now.Place(where) ?? where, body.Zone), body.Reason) : Task.FromResult(Problems.Invalid("calendar.zone-scope", $"'{(scope.Length > 80 ? scope[..80] : scope)}' is not a scope.", "Write global, partition:NAME or region:NAME."))).WithSummary("The time zone of all, of a partition or of a region.").Produces<CommandDone>();
    }

    private static IResult Show(HttpContext http, IStates states, DateTimeOffset now)
    {
        http.Response.Headers.ETag = $"\"{states.VersionOf(CalendarStreams.Only)}\"";
        return Results.Ok(CalendarDrawing.Draw(states, now));
    }

    private static IResult Ask(string region, string service, string? az, string? rollout, DateTimeOffset? at, HttpContext http, IStates states, TimeProvider clock)
    {
        var fleet = states.Get<Domain.Fleet.RegionFleet>(Domain.Fleet.FleetStreams.Of(region));
        return http.Needing(Permission.View, () =>
        {
            if (fleet.Hosts.IsEmpty)
            {
                return Problems.NotFound("fleet.unknown-region", $"The fleet has no region '{region}'.", "See /api/v1/fleet/regions.");
            }

            var calendar = states.Get<CalendarState>(CalendarStreams.Only);
            var moment = at ?? clock.GetUtcNow();
            var hold = ChangeCalendar.Holds(calendar, new(fleet.Partition, region, az ?? "", service), rollout, moment);
            return Results.Ok(new AskAnswer(hold is null, moment, hold?.Sentence, hold?.Opens, [.. hold?.Entries ?? []]));
        }, Scope.OfRegion(region, fleet.Partition));
    }

    /// <param name="When">Such as <c>mon-fri 22:00-05:00</c>, <c>cron 0 22 * * 5 for 58h</c> or <c>2026-12-20 00:00 to 2027-01-02 06:00</c>.</param>
    /// <param name="Zone">A name of the tz database; the place's own where left out.</param>
    /// <param name="Except">Days on which it does not begin.</param>
    public sealed record EntryBody(EntryKind Kind, Scope Scope, string When, string Why, string? Zone = null, Overrun Overrun = Overrun.FinishBatch, DateOnly[]? Except = null, Role OverrideBy = Role.Approver, string? Reason = null)
    {
        public CalendarEntry Entry(string id, FleetSummaries fleet) => new(id, Kind, fleet.Now.Place(Scope) ?? Scope, When ?? "", Why ?? "") { Zone = Zone, Overrun = Overrun, Except = Except?.ToImmutableArray() ?? [], OverrideBy = OverrideBy };
    }

    /// <param name="Minutes">1 to 10080, which is 7 days.</param>
    /// <param name="Rollout">Only this rollout's work; all work where left out.</param>
    public sealed record OverrideBody(int Minutes, string Reason, string? Rollout = null);

    /// <param name="Zone">Null takes it back.</param>
    public sealed record ZoneBody(string? Zone = null, string? Reason = null);

    /// <param name="Why">Null where it is open.</param>
    /// <param name="Opens">The next moment it is open; null where it is, or where it is not within 400 days.</param>
    public sealed record AskAnswer(bool Open, DateTimeOffset At, string? Why, DateTimeOffset? Opens, HeldBy[] HeldBy);
}
