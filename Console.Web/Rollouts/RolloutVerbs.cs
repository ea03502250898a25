using System.CommandLine;
using OpsConsole.Web.Cli;
using OpsConsole.Web.Rollouts.Approvals;
using OpsConsole.Web.Rollouts.Preview;

namespace OpsConsole.Web.Rollouts;

/// <summary><c>rollout start|pause|resume|abort|rollback|retry|abandon|list|show|windows|watch|forecast|compare|replay</c>, and <c>plan</c>.</summary>
internal static class RolloutVerbs
{
    public static Command Create()
    {
        var rollout = new Command("rollout", "Releases on their way.")
        {
            Start(),
            Pause(),
            Intent("resume", "Goes on after a pause or a stop."),
            Intent("abort", "Stops and leaves hosts as they are; wins over everything."),
            Intent("rollback", "Takes its hosts back to a release proven good."),
            Intent("retry", "Visits casualties and stopped hosts again, through the same gates."),
            Intent("abandon", "Gives a stopped rollout up; needs a reason."),
            List(),
            new ClientVerb("show", "One rollout: lanes, waits, evidence.", (console, parsed, cancel) => console.GetAsync($"{Path(parsed.GetValue(Id)!)}/picture", cancel), RolloutPrinter.Write).With(Id),
            Windows(),
            new ClientVerb("watch", "Follows a rollout until it ends: 0 completed, 1 otherwise.", RolloutWatch.FollowAsync, RolloutPrinter.WriteEnd).With(Id),
        };
        foreach (var verb in ApprovalVerbs.Create().Concat(ForecastVerbs.Create()).Concat(OverrideVerbs.Create()))
        {
            rollout.Subcommands.Add(verb);
        }

        return rollout;
    }

    public static Command CreatePlan()
    {
        var (pipeline, release, hotfix) = (Pipeline(), Version(), Hotfix());
        var start = new Option<DateTimeOffset?>("--start") { Description = "When it would start, for the times; now where left out." };
        return new ClientVerb(
            "plan",
            "What a start would do and when; changes nothing.",
            (console, parsed, cancel) => console.PostAsync("plan", new PlanApi.PlanBody(parsed.GetValue(pipeline)!, parsed.GetValue(release)!, null, parsed.GetValue(start), parsed.GetValue(hotfix)), cancel),
            RolloutPrinter.WritePlan).With(pipeline, release, start, hotfix);
    }

    internal static Argument<string> Id { get; } = new("rollout") { Description = "The rollout's id." };

    internal static string Path(string id) => $"rollouts/{Uri.EscapeDataString(id)}";

    private static Argument<string> Pipeline() => new("pipeline") { Description = "The pipeline's name." };

    private static Argument<string> Version() => new("version") { Description = "The release's version." };

    private static Option<string?> Reason(string description = "Why, for the audit.") => new("--reason") { Description = description };

    private static Option<bool> Hotfix() => new("--hotfix") { Description = "The pipeline's hotfix lane: ahead of the queue, shorter bakes; needs an Approver and a reason." };

    private static Option<long?> Seen() => new("--seen") { Description = "Act only if this is still its version, as 'rollout show' told it." };

    private static ClientVerb Start()
    {
        var (pipeline, release, reason) = (Pipeline(), Version(), Reason());
        var name = new Option<string?>("--name") { Description = "The rollout's id; one is made where left out." };
        var plan = new Option<string?>("--plan") { Description = "The hash that 'plan' told: a plan that has changed since is refused." };
        var hotfix = Hotfix();
        return new ClientVerb(
            "start",
            "Plans and starts a rollout.",
            (console, parsed, cancel) => console.PostAsync("rollouts", new RolloutApi.StartBody(parsed.GetValue(pipeline)!, parsed.GetValue(release)!, null, parsed.GetValue(name), parsed.GetValue(plan), parsed.GetValue(reason), parsed.GetValue(hotfix)), cancel),
            (answer, output) => output.WriteLine($"{(answer.GetProperty("status").GetString() == "Queued" ? "Queued" : "Started")} {answer.GetProperty("rollout").GetString()} with plan {answer.GetProperty("plan").GetString()}.")).With(pipeline, release, name, plan, reason, hotfix);
    }

    private static ClientVerb Windows()
    {
        var region = new Argument<string>("region") { Description = "One of the rollout's regions." };
        return new ClientVerb(
            "windows",
            "What each gate of one region saw, window by window, since the console started.",
            (console, parsed, cancel) => console.GetAsync($"{Path(parsed.GetValue(Id)!)}/regions/{Uri.EscapeDataString(parsed.GetValue(region)!)}/windows", cancel),
            RolloutPrinter.WriteWindows).With(Id, region);
    }

    private static ClientVerb Pause()
    {
        var minutes = new Option<int>("--minutes") { Description = "How long, up to 10080; then it is stopped and a person must decide.", DefaultValueFactory = _ => 60 };
        var (reason, seen) = (Reason("Why; a pause needs one."), Seen());
        reason.Required = true;
        return new ClientVerb(
            "pause",
            "Begins nothing new until resumed.",
            (console, parsed, cancel) => console.PostAsync($"{Path(parsed.GetValue(Id)!)}/pause", new RolloutApi.PauseBody(parsed.GetValue(minutes), parsed.GetValue(reason), parsed.GetValue(seen)), cancel)).With(Id, minutes, reason, seen);
    }

    private static ClientVerb Intent(string name, string description)
    {
        var (reason, seen) = (Reason(), Seen());
        return new ClientVerb(
            name,
            description,
            (console, parsed, cancel) => console.PostAsync($"{Path(parsed.GetValue(Id)!)}/{name}", new RolloutApi.IntentBody(parsed.GetValue(reason), parsed.GetValue(seen)), cancel)).With(Id, reason, seen);
    }

    private static ClientVerb List()
    {
        var state = new Option<string?>("--state") { Description = "Only these: active, or a state such as Running or RolledBack." };
        var service = new Option<string?>("--service") { Description = "Only this service's." };
        var take = new Option<int>("--take") { Description = "At most so many, up to 500.", DefaultValueFactory = _ => 50 };
        var after = new Option<string?>("--after") { Description = "Only those after this one." };
        return new ClientVerb(
            "list",
            "Rollouts, newest first.",
            (console, parsed, cancel) => console.GetAsync($"rollouts{Query.Of(("state", parsed.GetValue(state)), ("service", parsed.GetValue(service)), ("take", parsed.GetValue(take)), ("after", parsed.GetValue(after)))}", cancel),
            Table.Paged("rollouts", "id", "service", "release", "status", "stage", "confirmed", "hosts", "casualties", "startedAt", "startedBy", "simulated")).With(state, service, take, after);
    }
}
