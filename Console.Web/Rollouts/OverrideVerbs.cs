using System.CommandLine;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.Rollouts;

/// <summary><c>rollout override-gate|override-cord</c>: what is let pass is named, with a reason.</summary>
internal static class OverrideVerbs
{
    public static IEnumerable<Command> Create() => [Gate(), Cord()];

    private static Option<string> Reason() => new("--reason") { Description = "Why, for the audit.", Required = true };

    private static ClientVerb Gate()
    {
        var (gate, reason) = (new Argument<string>("gate") { Description = "The gate that is red already." }, Reason());
        return new ClientVerb(
            "override-gate",
            "Lets it begin although this gate is red; from then on the gate judges what became worse.",
            (console, parsed, cancel) => console.PostAsync($"{RolloutVerbs.Path(parsed.GetValue(RolloutVerbs.Id)!)}/override-gate", new RolloutApi.GateBody(parsed.GetValue(gate)!, parsed.GetValue(reason)!), cancel)).With(RolloutVerbs.Id, gate, reason);
    }

    private static ClientVerb Cord()
    {
        var (pull, reason) = (new Argument<string>("pull") { Description = "The pull's id, such as c-4." }, Reason());
        var readOnly = new Option<bool>("--hosts-read-only") { Description = "The pull made hosts read-only, and that is overridden too." };
        return new ClientVerb(
            "override-cord",
            "Lets it work in spite of one pull of the cord, until that is released. Nothing resumes by it.",
            (console, parsed, cancel) => console.PostAsync($"{RolloutVerbs.Path(parsed.GetValue(RolloutVerbs.Id)!)}/override-cord", new RolloutApi.CordBody(parsed.GetValue(pull)!, parsed.GetValue(reason)!, parsed.GetValue(readOnly)), cancel)).With(RolloutVerbs.Id, pull, reason, readOnly);
    }
}
