using System.CommandLine;
using System.Text.Json;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.Journal;

/// <summary><c>audit list</c>.</summary>
internal static class AuditListVerb
{
    public static Command Create()
    {
        var before = new Option<long?>("--before") { Description = "Only events before this sequence." };
        var stream = new Option<string?>("--stream") { Description = "Only streams whose name starts so." };
        var actor = new Option<string?>("--actor") { Description = "Only this actor, such as person:ada." };
        var text = new Option<string?>("--text") { Description = "Only events that hold this text." };
        var take = new Option<int>("--take") { Description = "At most so many, up to 500.", DefaultValueFactory = _ => 50 };
        return new ClientVerb(
            "list",
            "What happened, newest first.",
            (console, parsed, cancel) => console.GetAsync(
                $"audit{Query.Of(("before", parsed.GetValue(before)), ("stream", parsed.GetValue(stream)), ("actor", parsed.GetValue(actor)), ("text", parsed.GetValue(text)), ("take", parsed.GetValue(take)))}", cancel),
            Show).With(before, stream, actor, text, take);
    }

    private static void Show(JsonElement answer, TextWriter output)
    {
        Table.Of("events", "sequence", "at", "actor", "event", "stream", "reason")(answer, output);
        if (answer.GetProperty("next") is { ValueKind: JsonValueKind.Number } next)
        {
            output.WriteLine($"More: --before {next}");
        }
    }
}
