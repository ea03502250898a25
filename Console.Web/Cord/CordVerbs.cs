using System.CommandLine;
using System.Text.Json;
using OpsConsole.Domain.Cord;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.Cord;

/// <summary><c>cord show|pull|release|second-person</c>.</summary>
internal static class CordVerbs
{
    public static Command Create()
    {
        var scope = ScopeArgument.Make("Where: global, partition:NAME, region:NAME, az:NAME, service:NAME or store:SERVICE/REGION.");
        var mode = new Option<CordMode>("--mode") { Description = "Halt: no host command leaves. HaltAndRollBack: only rollbacks leave. ReadOnly: hosts also refuse writes. HoldNew: nothing new begins, work under way is finished. HaltNotBegun: as HoldNew, and grants not begun are taken back." };
        var reason = new Option<string?>("--reason") { Description = "Why, for the audit." };
        var why = new Option<string>("--reason") { Description = "Why it is safe now.", Required = true };
        var pull = new Argument<string>("pull") { Description = "The pull's id, such as c-4." };
        var required = new Argument<bool>("required") { Description = "true or false." };
        return new Command("cord", "The emergency stop.")
        {
            new ClientVerb("show", "What is pulled, and what is still in flight.", (console, _, cancel) => console.GetAsync("cord", cancel), Show),
            new ClientVerb("pull", "Stops everything in a scope.", (console, parsed, cancel) => console.PostAsync("cord/pull", new CordApi.PullBody(parsed.GetValue(scope)!, parsed.GetValue(mode), parsed.GetValue(reason)), cancel)).With(scope, mode, reason),
            new ClientVerb("release", "Takes one pull back. Nothing resumes by it.", (console, parsed, cancel) => console.PostAsync("cord/release", new CordApi.ReleaseBody(parsed.GetValue(pull)!, parsed.GetValue(why)!), cancel)).With(pull, why),
            new ClientVerb("second-person", "Whether a release takes two people.", (console, parsed, cancel) => console.PutAsync("cord/second-person", new CordApi.SecondPersonBody(parsed.GetValue(required), parsed.GetValue(reason)), cancel)).With(required, reason),
        };
    }

    private static void Show(JsonElement answer, TextWriter output)
    {
        output.WriteLine($"Epoch {answer.GetProperty("epoch")}; a release takes {(answer.GetProperty("secondPerson").GetBoolean() ? "two people" : "one person")}.");
        output.WriteLine("In force:");
        Table.Of("inForce", "id", "scope", "mode", "by", "at", "reason", "releaseProposedBy")(answer, output);
        output.WriteLine("Pulled by the console, and not clear since:");
        Table.Of("causes", "cause", "pull", "at", "releasedAt")(answer, output);
        output.WriteLine("Overridden:");
        Table.Of("overrides", "pull", "rollout", "by", "at", "reason")(answer, output);
        output.WriteLine("In flight:");
        Table.Of("inFlight", "host", "az", "step", "deadline")(answer, output);
    }
}
