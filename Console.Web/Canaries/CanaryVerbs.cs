using System.CommandLine;
using System.Text.Json;
using OpsConsole.Domain.Canaries;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.Canaries;

/// <summary><c>canary list|show|failures|put|remove|mute|unmute|run|silence</c>.</summary>
internal static class CanaryVerbs
{
    private static readonly Argument<string> Name = new("name") { Description = "The canary's name." };
    private static readonly Option<string> Why = new("--reason") { Description = "Why, for the audit.", Required = true };
    private static readonly Option<string?> Region = new("--region") { Description = "Only in this region; else in all." };

    public static Command Create()
    {
        var service = new Option<string?>("--service") { Description = "Only of this service." };
        var after = new Option<string?>("--after") { Description = "Only those after this name." };
        var file = new Argument<FileInfo>("file") { Description = "The canary as JSON, as 'canary show --json' has it under 'canary'." };
        var minutes = new Option<double>("--minutes") { Description = "How long, 1 to 10080.", DefaultValueFactory = _ => 60 };
        var vantage = new Option<Vantage?>("--vantage") { Description = "Only from outside, inside or validator." };
        return new Command("canary", "Our own customers, on a schedule.")
        {
            new ClientVerb("list", "All canaries, and at how many places each is served.", (console, parsed, cancel) => console.GetAsync($"canaries{Query.Of(("service", parsed.GetValue(service)), ("after", parsed.GetValue(after)))}", cancel), Table.Paged("canaries", "name", "service", "does", "periodSeconds", "places", "served", "degraded", "slow", "failing", "broken", "silent", "waiting", "muted")).With(service, after),
            new ClientVerb("show", "One canary at each of its places.", (console, parsed, cancel) => console.GetAsync(Of(parsed), cancel), (answer, output) => Table.Of("places", "region", "vantage", "host", "standing", "lastState", "lastAt", "fromIntendedMs", "missed", "retries", "detail")(answer.GetProperty("now"), output)).With(Name),
            new ClientVerb("failures", "Its last failures, with all that was said.", (console, parsed, cancel) => console.GetAsync($"{Of(parsed)}/failures{Query.Of(("region", parsed.GetValue(Region)))}", cancel), Failures).With(Name, Region),
            new ClientVerb("put", "Makes a canary from a file, or changes it.", (console, parsed, cancel) => console.SendFileAsync(HttpMethod.Put, $"{Of(parsed)}{Query.Of(("reason", parsed.GetValue(Why)))}", parsed.GetValue(file)!, "application/json", cancel)).With(Name, file, Why),
            new ClientVerb("remove", "Ends a canary.", (console, parsed, cancel) => console.DeleteAsync($"{Of(parsed)}{Query.Of(("reason", parsed.GetValue(Why)))}", cancel)).With(Name, Why),
            new ClientVerb("mute", "Holds back what it says, for a time; it goes on running.", (console, parsed, cancel) => console.PostAsync($"{Of(parsed)}/mute", new CanariesApi.MuteBody(parsed.GetValue(minutes), parsed.GetValue(Why)!, parsed.GetValue(Region)), cancel)).With(Name, Region, minutes, Why),
            new ClientVerb("unmute", "Ends a mute before its time.", (console, parsed, cancel) => console.PostAsync($"{Of(parsed)}/unmute", new CanariesApi.UnmuteBody(parsed.GetValue(Region), parsed.GetValue(Why)), cancel)).With(Name, Region, Why),
            new ClientVerb("run", "Runs it now and tells what came of it.", (console, parsed, cancel) => console.PostAsync($"{Of(parsed)}/run", new CanariesApi.RunBody(parsed.GetValue(Region), parsed.GetValue(vantage)), cancel), Failures).With(Name, Region, vantage),
            new ClientVerb("silence", "Customers' traffic beside its season, and what that and the canaries say together.", (console, _, cancel) => console.GetAsync("canaries/silence", cancel), Table.Of(null, "service", "region", "traffic", "seen", "usual", "low", "says", "since")),
        };
    }

    private static string Of(ParseResult parsed) => $"canaries/{Uri.EscapeDataString(parsed.GetValue(Name)!)}";

    private static void Failures(JsonElement answer, TextWriter output)
    {
        foreach (var run in answer.EnumerateArray())
        {
            var post = run.GetProperty("post");
            output.WriteLine($"{run.GetProperty("ended").GetString()} {post.GetProperty("region")} {post.GetProperty("vantage")} {(post.TryGetProperty("host", out var host) ? host.ToString() : "")}: {run.GetProperty("state")} {run.GetProperty("detail")}");
            foreach (var exchange in run.GetProperty("exchanges").EnumerateArray())
            {
                output.WriteLine($"  > {exchange.GetProperty("request").GetString()!.ReplaceLineEndings("\n  > ")}");
                output.WriteLine($"  < {exchange.GetProperty("answer").GetString()!.ReplaceLineEndings("\n  < ")}");
            }
        }

        if (answer.GetArrayLength() == 0)
        {
            output.WriteLine("(none)");
        }
    }
}
