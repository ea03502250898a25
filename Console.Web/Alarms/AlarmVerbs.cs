using System.CommandLine;
using System.Text.Json;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.Alarms;

/// <summary><c>alarm list|show|put|remove|audit|starter|judge|missed|mute|unmute</c>.</summary>
internal static class AlarmVerbs
{
    private static readonly Option<string?> Reason = new("--reason") { Description = "Why, for the audit." };

    public static Command Create() =>
        new("alarm", "Alarms: what they are in, whether they were right, what is missing.") { List(), Show(), Put(), Remove(), Audit(), Starter(), Judge(), Missed(), Mute(), Unmute() };

    private static Argument<string> Name() => new("alarm") { Description = "The alarm's full name, group/name." };

    private static string Path(string fullName) => string.Join('/', fullName.Split('/').Select(Uri.EscapeDataString));

    private static ClientVerb List()
    {
        var state = new Option<string?>("--state") { Description = "OK, ALARM or INSUFFICIENT_DATA." };
        var service = new Option<string?>("--service") { Description = "Only this service's." };
        var group = new Option<string?>("--group") { Description = "Only this group's." };
        var take = new Option<int>("--take") { Description = "At most so many, up to 500.", DefaultValueFactory = _ => 100 };
        var after = new Option<string?>("--after") { Description = "Only those after this one." };
        return new ClientVerb(
            "list",
            "Alarms by full name.",
            (console, parsed, cancel) => console.GetAsync($"alarms{Query.Of(("state", parsed.GetValue(state)), ("service", parsed.GetValue(service)), ("group", parsed.GetValue(group)), ("take", parsed.GetValue(take)), ("after", parsed.GetValue(after)))}", cancel),
            Table.Paged("alarms", "name", "state", "since", "scope", "service", "rule", "hold")).With(state, service, group, take, after);
    }

    private static ClientVerb Show()
    {
        var name = Name();
        return new ClientVerb("show", "One alarm with its last changes.", (console, parsed, cancel) => console.GetAsync($"alarms/{Path(parsed.GetValue(name)!)}", cancel), Write).With(name);
    }

    private static ClientVerb Put()
    {
        var name = Name();
        var file = new Argument<FileInfo>("file") { Description = "The alarm as JSON, as the API takes it." };
        return new ClientVerb(
            "put",
            "Makes or changes one alarm.",
            (console, parsed, cancel) => console.SendFileAsync(HttpMethod.Put, $"alarms/{Path(parsed.GetValue(name)!)}", parsed.GetValue(file)!, "application/json", cancel)).With(name, file);
    }

    private static ClientVerb Remove()
    {
        var name = new Argument<string>("alarm") { Description = "The alarm's full name, or a group's for all of it." };
        return new ClientVerb("remove", "Takes an alarm or a whole group out.", (console, parsed, cancel) => console.DeleteAsync($"alarms/{Path(parsed.GetValue(name)!)}", cancel)).With(name);
    }

    private static ClientVerb Audit()
    {
        var service = new Option<string?>("--service") { Description = "Only this service's." };
        return new ClientVerb(
            "audit",
            "Which zones and stages lack which alarm, and which alarms cannot do their work.",
            (console, parsed, cancel) => console.GetAsync($"alarms/audit{Query.Of(("service", parsed.GetValue(service)))}", cancel),
            Table.Of(null, "kind", "where", "simulated", "what", "do")).With(service);
    }

    private static ClientVerb Starter()
    {
        var service = new Argument<string>("service") { Description = "The service whose zones are to have the essential alarms." };
        var group = new Option<string?>("--group") { Description = "Left out, the service's own name." };
        var dry = new Option<bool>("--dry-run") { Description = "Only shows what would be put." };
        return new ClientVerb(
            "starter",
            "Puts the essential alarms of a service, made from what is measured.",
            (console, parsed, cancel) => console.PostAsync("alarms/starter", new StarterBody(parsed.GetValue(service)!, parsed.GetValue(group), parsed.GetValue(dry), parsed.GetValue(Reason)), cancel),
            (answer, output) =>
            {
                Table.Of("alarms", "name", "scope", "essential", "rule")(answer, output);
                if (answer.GetProperty("leftOut").GetArrayLength() > 0)
                {
                    output.WriteLine($"Nobody measures anything for: {string.Join(", ", answer.GetProperty("leftOut").EnumerateArray())}.");
                }
            }).With(service, group, dry, Reason);
    }

    private static ClientVerb Judge()
    {
        var name = Name();
        var change = new Argument<int>("change") { Description = "Number of the change to ALARM, as 'alarm show' tells it." };
        var wrong = new Option<bool>("--wrong") { Description = "It fired and should not have." };
        var note = new Option<string>("--note") { Description = "What was found.", DefaultValueFactory = _ => "" };
        return new ClientVerb(
            "judge",
            "Says whether an alarm that fired was right to.",
            (console, parsed, cancel) => console.PostAsync($"alarms/{Path(parsed.GetValue(name)!)}/judge", new JudgeBody(parsed.GetValue(change), !parsed.GetValue(wrong), parsed.GetValue(note)!, parsed.GetValue(Reason)), cancel)).With(name, change, wrong, note, Reason);
    }

    private static ClientVerb Missed()
    {
        var group = new Argument<string>("group") { Description = "The group one of whose alarms should have told." };
        var scope = ScopeArgument.Make("Where it was.");
        var what = new Option<string>("--what") { Description = "What happened.", Required = true };
        var from = new Option<DateTimeOffset>("--from") { Description = "When it began, such as 2026-11-29T10:00Z.", Required = true };
        var to = new Option<DateTimeOffset?>("--to") { Description = "When it ended." };
        return new ClientVerb(
            "missed",
            "Takes down harm that no alarm told of.",
            (console, parsed, cancel) => console.PostAsync($"alarms/{Path(parsed.GetValue(group)!)}/missed", new MissedBody(parsed.GetValue(scope)!, parsed.GetValue(what)!, parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(Reason)), cancel)).With(group, scope, what, from, to, Reason);
    }

    private static ClientVerb Mute()
    {
        var id = new Argument<string>("id") { Description = "A name for the window." };
        var scope = ScopeArgument.Make("Where alarms tell nobody.");
        var minutes = new Option<int>("--minutes") { Description = "How long from now.", DefaultValueFactory = _ => 60 };
        var group = new Option<string?>("--group") { Description = "Only this group's alarms." };
        var reason = new Option<string>("--reason") { Description = "Why, for the audit.", Required = true };
        return new ClientVerb(
            "mute",
            "Plans a maintenance window: alarms are evaluated and gates obey them, but nobody is told.",
            (console, parsed, cancel) =>
            {
                var now = TimeProvider.System.GetUtcNow();
                return console.PutAsync($"alarms/maintenance/{Uri.EscapeDataString(parsed.GetValue(id)!)}", new MaintenanceBody(parsed.GetValue(scope)!, now, now.AddMinutes(parsed.GetValue(minutes)), parsed.GetValue(reason)!, parsed.GetValue(group)), cancel);
            }).With(id, scope, minutes, group, reason);
    }

    private static ClientVerb Unmute()
    {
        var id = new Argument<string>("id") { Description = "The window's name." };
        return new ClientVerb("unmute", "Ends a maintenance window.", (console, parsed, cancel) => console.DeleteAsync($"alarms/maintenance/{Uri.EscapeDataString(parsed.GetValue(id)!)}", cancel)).With(id);
    }

    private static void Write(JsonElement answer, TextWriter output)
    {
        Table.Members(answer.GetProperty("alarm"), output);
        output.WriteLine($"{"evaluated",-20} {answer.GetProperty("evaluated")}");
        if (answer.TryGetProperty("band", out var band) && band.ValueKind == JsonValueKind.Object)
        {
            output.WriteLine(FormattableString.Invariant($"{"band",-20} {band.GetProperty("lower").GetDouble():0.####} to {band.GetProperty("upper").GetDouble():0.####}, learned from {band.GetProperty("known")} periods"));
        }

        Table.Of("history", "number", "from", "to", "at", "reason")(answer, output);
    }
}
