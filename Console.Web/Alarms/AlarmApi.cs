using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Maintenance;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Alarms.Audit;
using OpsConsole.Engine.Alarms.Watch;
using OpsConsole.Engine.Fleet;
using OpsConsole.Web.Access;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Alarms;

/// <summary>Alarms over HTTP: their states and history, what they are, whether they were right, what an audit finds, and when nobody is told.</summary>
internal static class AlarmApi
{
    public static void MapAlarms(this IEndpointRouteBuilder api)
    {
        var alarms = api.MapGroup("/alarms").WithTags("alarms");
        alarms.MapGet("", (string? state, string? service, string? group, string? scope, int? take, string? after, HttpContext http, IStates states) =>
            http.Seeing(() => List(http, states, new(state, service, group, scope), take, after))).WithSummary("Alarms by full name, in pages.").Produces<AlarmList>();
        alarms.MapGet("/{group}/{name}", (string group, string name, HttpContext http, IStates states, AlarmBook book, AlarmsReader reader) =>
            http.Seeing(() => One(http, states, book, reader, new(group, name)))).WithSummary("One alarm with its last changes and what they rested on.").Produces<AlarmDetail>();
        alarms.MapPut("/{group}/{name}", (string group, string name, AlarmBody body, HttpContext http, FleetSummaries fleet) =>
            PutAsync(http, fleet, group, [new(name, body)], replace: false, body.Reason)).WithSummary("Makes or changes one alarm.").Produces<CommandDone>();
        alarms.MapPut("/{group}", (string group, GroupBody body, HttpContext http, FleetSummaries fleet) =>
            PutAsync(http, fleet, group, [.. body.Alarms], body.Replace, body.Reason)).WithSummary("Makes or changes several, all or none.").Produces<CommandDone>();
        alarms.MapDelete("/{group}/{name}", (string group, string name, HttpContext http) => http.SendCommandAsync(new RemoveAlarms(group, [name]))).Produces<CommandDone>();
        alarms.MapDelete("/{group}", (string group, HttpContext http) => http.SendCommandAsync(new RemoveAlarms(group, []))).Produces<CommandDone>();
        alarms.MapPost("/{group}/{name}/judge", (string group, string name, JudgeBody body, HttpContext http) =>
            http.SendCommandAsync(new JudgeAlarm(group, name, body.Change, body.Right, body.Note), body.Reason)).WithSummary("Says whether an alarm that fired was right to.").Produces<CommandDone>();
        alarms.MapPost("/{group}/missed", (string group, MissedBody body, HttpContext http, FleetSummaries fleet) =>
            http.SendCommandAsync(new RecordMissedHarm(group, fleet.Now.Place(body.Scope) ?? body.Scope, body.What, body.From, body.To), body.Reason)).WithSummary("Takes down harm that no alarm told of.").Produces<CommandDone>();
        alarms.MapGet("/audit", (string? service, HttpContext http, AlarmAuditor auditor) =>
            http.Seeing(() => Results.Ok(auditor.Audit().Where(finding => service is null || finding.Service == service).Take(1_000)))).WithSummary("Which zones and stages lack which alarm, and which alarms cannot do their work.");
        alarms.MapPost("/starter", (StarterBody body, HttpContext http, AlarmAuditor auditor) => StarterAsync(http, auditor, body)).WithSummary("Puts the essential alarms of a service, made from what is measured.");
        alarms.MapGet("/maintenance", (HttpContext http, IStates states) => http.Seeing(() => Results.Ok(states.Get<MaintenanceBook>(MaintenanceStreams.Only).Windows)));
        alarms.MapPut("/maintenance/{id}", (string id, MaintenanceBody body, HttpContext http, FleetSummaries fleet) =>
            http.SendCommandAsync(new PutMaintenance(id, fleet.Now.Place(body.Scope) ?? body.Scope, body.Group, body.From.ToUniversalTime(), body.To.ToUniversalTime()), body.Reason)).Produces<CommandDone>();
        alarms.MapDelete("/maintenance/{id}", (string id, HttpContext http) => http.SendCommandAsync(new EndMaintenance(id))).Produces<CommandDone>();
    }

    private static IResult List(HttpContext http, IStates states, AlarmFilter filter, int? take, string? after) =>
        filter.Wrong is { } wrong
            ? Problems.Invalid("alarms.filter", wrong, "Correct it, or leave it out.")
            : Paged.Answer(filter.Of(states, http.Actor()), line => line.Name, _ => true, take, after, (page, next) => new AlarmList([.. page], next));

    private static IResult One(HttpContext http, IStates states, AlarmBook book, AlarmsReader reader, AlarmId id)
    {
        var group = states.Get<AlarmGroup>(AlarmStreams.Of(id.Group));
        if (!group.Alarms.TryGetValue(id.Name, out var alarm))
        {
            return Problems.NotFound("alarms.no-such-alarm", $"There is no alarm {id}.", "See /api/v1/alarms.");
        }

        return Permissions.Check(http.Actor(), Permission.View, alarm.Definition.Scope) is { } refused
            ? Problems.From(refused)
            : Results.Ok(new AlarmDetail(AlarmLine.Of(group, alarm), alarm.Definition, [.. alarm.History], alarm.Definition.Composite is not null || book.Find(id) is { Judged: true }) { Band = reader.Band(alarm, id.Group) });
    }

    private static async Task<IResult> PutAsync(HttpContext http, FleetSummaries fleet, string group, KeyValuePair<string, AlarmBody>[] bodies, bool replace, string? reason)
    {
        var alarms = ImmutableArray.CreateBuilder<AlarmDefinition>();
        foreach (var (name, body) in bodies)
        {
            if (fleet.Now.Place(body.Scope) is not { } placed)
            {
                return Problems.NotFound("alarms.unknown-scope", $"{name}: the fleet has no {body.Scope}.", "Name one of the fleet's places.");
            }

            if (body.Read(name, placed, out var wrong) is not { } alarm)
            {
                return Problems.Invalid("alarms.invalid", $"{name}: {wrong}.", "Change it and send it again.");
            }

            alarms.Add(alarm);
        }

        return await http.SendCommandAsync(new PutAlarms(group, alarms.ToImmutable()) { Replace = replace }, reason);
    }

    private static async Task<IResult> StarterAsync(HttpContext http, AlarmAuditor auditor, StarterBody body)
    {
        var starter = auditor.Starter(body.Service);
        if (body.DryRun)
        {
            return http.Seeing(() => Results.Ok(StarterAnswer.Of(starter, null)));
        }

        if (starter.Alarms.IsEmpty)
        {
            return Problems.NotFound("alarms.nothing-measured", $"Nothing is measured of {body.Service} in any zone it is in, so no alarm could do its work.", "Name a service of the fleet, have its streams handed in, and wait a quarter of a minute.");
        }

        var command = new PutAlarms(body.Group ?? body.Service, starter.Alarms);
        if (!http.TryRequest(command, body.Reason, null, out var request, out var refused))
        {
            return refused;
        }

        var result = await http.RequestServices.GetRequiredService<Engine.Journal.ICommands>().SendAsync(request, http.RequestAborted);
        return http.Answer(result, StarterAnswer.Of(starter, new(result.Stream.Value, result.Version)));
    }
}
