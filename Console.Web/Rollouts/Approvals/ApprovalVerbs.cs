using System.CommandLine;
using System.Text.Json;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.Rollouts.Approvals;

/// <summary><c>rollout approvals|approve|refuse|replan</c>.</summary>
internal static class ApprovalVerbs
{
    public static IEnumerable<Command> Create() => [Pending(), Approve(), Refuse(), Replan()];

    private static Argument<string> Stage() => new("stage") { Description = "The stage's name." };

    private static Option<string> Reason() => new("--reason") { Description = "Why, for the audit.", Required = true };

    private static ClientVerb Pending() => new("approvals", "Stages that ask for approval and have not begun.", (console, _, cancel) => console.GetAsync("approvals", cancel), Write);

    private static ClientVerb Approve()
    {
        var (stage, reason) = (Stage(), Reason());
        var plan = new Option<string>("--plan") { Description = "The hash of the plan you looked at.", Required = true };
        return new ClientVerb("approve", "Approves a stage with the plan you looked at.", (console, parsed, cancel) => console.PostAsync($"{RolloutVerbs.Path(parsed.GetValue(RolloutVerbs.Id)!)}/approve", new ApprovalApi.ApproveBody(parsed.GetValue(stage)!, parsed.GetValue(plan)!, parsed.GetValue(reason)!), cancel)).With(RolloutVerbs.Id, stage, plan, reason);
    }

    private static ClientVerb Refuse()
    {
        var (stage, reason) = (Stage(), Reason());
        return new ClientVerb("refuse", "Refuses a stage: the rollout stops.", (console, parsed, cancel) => console.PostAsync($"{RolloutVerbs.Path(parsed.GetValue(RolloutVerbs.Id)!)}/refuse", new ApprovalApi.RefuseBody(parsed.GetValue(stage)!, parsed.GetValue(reason)!), cancel)).With(RolloutVerbs.Id, stage, reason);
    }

    private static ClientVerb Replan()
    {
        var reason = Reason();
        return new ClientVerb("replan", "Plans the stages that have not begun anew; what that changes voids their approvals.", (console, parsed, cancel) => console.PostAsync($"{RolloutVerbs.Path(parsed.GetValue(RolloutVerbs.Id)!)}/replan", new ApprovalApi.ReplanBody(parsed.GetValue(reason)!), cancel)).With(RolloutVerbs.Id, reason);
    }

    private static void Write(JsonElement answer, TextWriter output)
    {
        foreach (var line in answer.GetProperty("approvals").EnumerateArray())
        {
            var rule = line.GetProperty("rule");
            output.WriteLine($"{line.GetProperty("rollout").GetString()}, stage '{line.GetProperty("stage").GetString()}', plan {line.GetProperty("planHash").GetString()}, {line.GetProperty("hosts")} hosts: {line.GetProperty("counting")} of {rule.GetProperty("count")} given");
            output.WriteLine($"  may approve: {string.Join(", ", line.GetProperty("people").EnumerateArray().Select(name => name.GetString()))}");
            foreach (var change in line.GetProperty("changes").EnumerateArray())
            {
                output.WriteLine($"  changed: {change.GetString()}");
            }
        }

        output.WriteLine(answer.GetProperty("approvals").GetArrayLength() == 0 ? "Nothing asks for approval." : "");
    }
}
