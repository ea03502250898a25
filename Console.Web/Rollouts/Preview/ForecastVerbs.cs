using System.CommandLine;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.Rollouts.Preview;

/// <summary><c>rollout forecast|compare|replay</c>.</summary>
internal static class ForecastVerbs
{
    public static IEnumerable<ClientVerb> Create()
    {
        yield return new ClientVerb("forecast", "What was foreseen, what is foreseen now, and the difference.", (console, parsed, cancel) => console.GetAsync($"{Path(parsed)}/forecast", cancel), ForecastPrinter.WriteUnderWay).With(RolloutVerbs.Id);

        var other = new Argument<string>("other") { Description = "The other rollout's id." };
        yield return new ClientVerb("compare", "Two rollouts side by side.", (console, parsed, cancel) => console.GetAsync($"{Path(parsed)}/compare/{Uri.EscapeDataString(parsed.GetValue(other)!)}", cancel), ForecastPrinter.WriteComparison).With(RolloutVerbs.Id, other);

        var file = new Option<FileInfo>("--pipeline") { Description = "A pipeline file: the policy to judge by.", Required = true };
        yield return new ClientVerb(
            "replay",
            "Would another policy have caught it, when, with how many hosts? Changes nothing.",
            (console, parsed, cancel) => console.SendFileAsync(HttpMethod.Post, $"{Path(parsed)}/replay", parsed.GetValue(file)!, "application/yaml", cancel),
            ForecastPrinter.WriteReplay).With(RolloutVerbs.Id, file);
    }

    private static string Path(ParseResult parsed) => RolloutVerbs.Path(parsed.GetValue(RolloutVerbs.Id)!);
}
