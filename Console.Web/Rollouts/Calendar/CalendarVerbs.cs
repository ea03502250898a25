using System.CommandLine;
using System.Text.Json;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Rollouts.Calendar;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.Rollouts.Calendar;

/// <summary><c>calendar show|ask|add|change|remove|override|end-override|zone</c>.</summary>
internal static class CalendarVerbs
{
    public static Command Create() =>
        new("calendar", "Freezes and windows: when work may begin.") { Show(), Ask(), Entry("add", HttpMethod.Post, "A new freeze or window."), Entry("change", HttpMethod.Put, "Replaces a freeze or window; its overrides end."), Remove(), Override(), EndOverride(), Zone() };

    private static Argument<string> Id() => new("entry") { Description = "The entry's name." };

    private static Option<string?> Reason(bool required = false) => new("--reason") { Description = "Why, for the audit.", Required = required };

    private static string Path(string id) => $"calendar/entries/{Uri.EscapeDataString(id)}";

    private static ClientVerb Show() =>
        new("show", "Entries, what they hold, and where work may begin.", (console, _, cancel) => console.GetAsync("calendar", cancel), Write);

    private static ClientVerb Ask()
    {
        var (region, service) = (new Argument<string>("region") { Description = "The region." }, new Argument<string>("service") { Description = "The service." });
        var az = new Option<string?>("--az") { Description = "The AZ, for entries of one AZ." };
        var rollout = new Option<string?>("--rollout") { Description = "For its overrides." };
        var at = new Option<string?>("--at") { Description = "The moment, such as 2026-12-24T18:00Z; now where left out." };
        return new ClientVerb(
            "ask",
            "Whether work may begin there; if not, what holds it and when it opens.",
            (console, parsed, cancel) => console.GetAsync($"calendar/ask{Query.Of(("region", parsed.GetValue(region)), ("service", parsed.GetValue(service)), ("az", parsed.GetValue(az)), ("rollout", parsed.GetValue(rollout)), ("at", parsed.GetValue(at)))}", cancel),
            Table.Members).With(region, service, az, rollout, at);
    }

    private static ClientVerb Entry(string name, HttpMethod method, string description)
    {
        var (id, reason) = (Id(), Reason());
        var kind = new Argument<EntryKind>("kind") { Description = "Freeze or Window." };
        var scope = ScopeArgument.Make("Where: global, partition:NAME, region:NAME, az:NAME or service:NAME.");
        var when = new Argument<string>("when") { Description = "Such as 'mon-fri 22:00-05:00', 'cron 0 22 * * 5 for 58h' or '2026-12-20 00:00 to 2027-01-02 06:00'." };
        var why = new Option<string>("--why") { Description = "What it is for: people who wait read it.", Required = true };
        var zone = new Option<string?>("--zone") { Description = "A name of the tz database such as Europe/Dublin; the place's own where left out." };
        var overrun = new Option<Overrun>("--overrun") { Description = "What work under way does when it closes: Pause, FinishBatch or FinishAz.", DefaultValueFactory = _ => Overrun.FinishBatch };
        var except = new Option<DateOnly[]>("--except") { Description = "Days on which it does not begin.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        var role = new Option<Role>("--override-by") { Description = "The least role that may override it: Approver or Admin.", DefaultValueFactory = _ => Role.Approver };
        return new ClientVerb(
            name,
            description,
            (console, parsed, cancel) =>
            {
                var body = new CalendarApi.EntryBody(parsed.GetValue(kind), parsed.GetValue(scope)!, parsed.GetValue(when)!, parsed.GetValue(why)!, parsed.GetValue(zone), parsed.GetValue(overrun), parsed.GetValue(except), parsed.GetValue(role), parsed.GetValue(reason));
                return method == HttpMethod.Post ? console.PostAsync(Path(parsed.GetValue(id)!), body, cancel) : console.PutAsync(Path(parsed.GetValue(id)!), body, cancel);
            }).With(id, kind, scope, when, why, zone, overrun, except, role, reason);
    }

    private static ClientVerb Remove()
    {
        var (id, reason) = (Id(), Reason(required: true));
        return new ClientVerb("remove", "Takes an entry out.", (console, parsed, cancel) => console.DeleteAsync($"{Path(parsed.GetValue(id)!)}{Query.Of(("reason", parsed.GetValue(reason)))}", cancel)).With(id, reason);
    }

    private static ClientVerb Override()
    {
        var (id, reason) = (Id(), Reason(required: true));
        var minutes = new Option<int>("--minutes") { Description = "For how long, up to 10080.", DefaultValueFactory = _ => 60 };
        var rollout = new Option<string?>("--rollout") { Description = "Only this rollout's work." };
        return new ClientVerb("override", "Lets work pass this one entry for a while.", (console, parsed, cancel) => console.PostAsync($"{Path(parsed.GetValue(id)!)}/override", new CalendarApi.OverrideBody(parsed.GetValue(minutes), parsed.GetValue(reason)!, parsed.GetValue(rollout)), cancel)).With(id, minutes, rollout, reason);
    }

    private static ClientVerb EndOverride()
    {
        var (id, reason) = (Id(), Reason());
        var rollout = new Option<string?>("--rollout") { Description = "The one of this rollout." };
        return new ClientVerb("end-override", "Ends an override before its time.", (console, parsed, cancel) => console.DeleteAsync($"{Path(parsed.GetValue(id)!)}/override{Query.Of(("rollout", parsed.GetValue(rollout)), ("reason", parsed.GetValue(reason)))}", cancel)).With(id, rollout, reason);
    }

    private static ClientVerb Zone()
    {
        var reason = Reason();
        var scope = ScopeArgument.Make("Where: global, partition:NAME or region:NAME.");
        var zone = new Argument<string?>("zone") { Description = "A name of the tz database; left out to take it back.", Arity = ArgumentArity.ZeroOrOne };
        return new ClientVerb("zone", "The time zone of a place, for entries that name none.", (console, parsed, cancel) => console.PutAsync($"calendar/zones/{Uri.EscapeDataString(parsed.GetValue(scope)!.ToString())}", new CalendarApi.ZoneBody(parsed.GetValue(zone), parsed.GetValue(reason)), cancel)).With(scope, zone, reason);
    }

    private static void Write(JsonElement picture, TextWriter output)
    {
        foreach (var line in picture.GetProperty("entries").EnumerateArray())
        {
            var entry = line.GetProperty("entry");
            string Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
            var standing = Text(line, "broken") is { Length: > 0 } broken ? $"holds everything, because it cannot be read: {broken}" : line.GetProperty("active").GetBoolean() ? $"active until {Text(line, "until")}" : $"next {Text(line, "next")}";
            output.WriteLine($"{Text(entry, "kind")} {Text(entry, "id")} ({Text(entry, "scope")}, {Text(entry, "when")}, {Text(line, "zone")}): {standing}. {Text(entry, "why")}");
            foreach (var pass in line.GetProperty("overrides").EnumerateArray())
            {
                output.WriteLine($"  overridden by {Text(pass, "by")} until {Text(pass, "until")}{(Text(pass, "rollout") is { Length: > 0 } rollout ? $" for {rollout}" : "")}: {Text(pass, "reason")}");
            }
        }

        output.WriteLine("Held now:");
        Table.Of("held", "rollout", "region", "wait")(picture, output);
    }
}
