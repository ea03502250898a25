using System.CommandLine;
using System.Text.Json;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Engine.Noodles;
using OpsConsole.Engine.Noodles.Reading;
using OpsConsole.Engine.Noodles.Steps;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.Noodles;

/// <summary><c>noodles list|steps|lint|run</c>, which need no console, and <c>noodles start|runs|pools</c>, which ask one.</summary>
internal static class NoodlesVerbs
{
    internal static readonly Option<DirectoryInfo[]> Folder = new("--features") { Description = "A folder of your own with features and links, besides the shipped ones; may be repeated.", DefaultValueFactory = _ => [] };
    internal static readonly Option<string> Tags = new("--tags") { Description = "Only scenarios for whose tags this holds, such as '@canary and not @large'.", DefaultValueFactory = _ => "" };
    internal static readonly Option<string> Name = new("--name") { Description = "Only scenarios whose name contains this.", DefaultValueFactory = _ => "" };
    internal static readonly Option<string[]> Feature = new("--feature") { Description = "Only this file, or file:line; may be repeated.", DefaultValueFactory = _ => [] };
    internal static readonly Option<bool> Json = new("--json") { Description = "Print as JSON." };

    internal static readonly JsonSerializerOptions Indented = new(ConsoleClient.Json) { WriteIndented = true };

    public static Command Create()
    {
        var target = new Option<string>("--target") { Description = "A target the console knows, as 'noodles targets' lists it.", Required = true };
        var reason = new Option<string>("--reason") { Description = "What is to be found out.", Required = true };
        return new Command("noodles", "Behaviour tests, written once and run everywhere.")
        {
            List(), Steps(), Lint(), NoodlesRunVerb.Create(),
            new ClientVerb("start", "Asks the console for a run.", (console, parsed, cancel) => console.PostAsync("noodles/runs", new NoodlesApi.RunBody(parsed.GetValue(target)!, parsed.GetValue(reason), null, parsed.GetValue(Tags), parsed.GetValue(Name), parsed.GetValue(Feature)), cancel)).With(target, Tags, Name, Feature, reason),
            new ClientVerb("runs", "Runs the console was asked for.", (console, _, cancel) => console.GetAsync("noodles/runs", cancel), Table.Paged("runs", "id", "requestedAt", "endedAt", "passed", "scenarios", "failed", "flaky", "fault")),
            new ClientVerb("targets", "Targets the console knows.", (console, _, cancel) => console.GetAsync("noodles/targets", cancel), Table.Of("targets", "name", "endpoint", "vantage", "accounts")),
            new ClientVerb("pools", "What is leased to whom, and what is quarantined.", (console, _, cancel) => console.GetAsync("noodles/pools", cancel), Table.Of("pools", "kind", "target", "most", "free", "waiting", "leases", "leased", "quarantined")),
        };
    }

    /// <summary>The shipped features and those of the folders named.</summary>
    internal static (IFeatureShelf Shelf, NoodleLibrary Library) Load(ParseResult parsed)
    {
        var shelf = new FeatureShelf([FeatureFolder.Shipped, .. parsed.GetValue(Folder)!.Select(folder => folder.FullName)]);
        return (shelf, new NoodleLibrary(StepLibraries.Shipped, shelf.Now.Links));
    }

    internal static NoodleSelection Selection(ParseResult parsed) => new(parsed.GetValue(Tags)!, parsed.GetValue(Name)!, [.. parsed.GetValue(Feature)!]);

    private static Command List()
    {
        var command = new Command("list", "The scenarios there are.") { Folder, Tags, Name, Feature, Json };
        command.SetAction(parsed =>
        {
            var (pickles, fault) = Selection(parsed).Pick(Load(parsed).Shelf.Now.Pickles);
            if (fault is not null)
            {
                parsed.InvocationConfiguration.Error.WriteLine(fault);
                return ClientVerb.WrongUsage;
            }

            return Print(parsed, pickles.Select(NoodlesApi.ScenarioItem.Of), one => $"{one.Id,-40} {one.Name}  {string.Join(' ', one.Tags)}");
        });
        return command;
    }

    private static Command Steps()
    {
        var command = new Command("steps", "The steps there are, who answers for them and how many scenarios use them.") { Folder, Json };
        command.SetAction(parsed =>
        {
            var (shelf, library) = Load(parsed);
            return Print(parsed, StepUses.Of(library, shelf.Now).Steps.Select(NoodlesApi.StepItem.Of), one => $"{one.Owner,-12} {one.Uses,4}  {one.Text}");
        });
        return command;
    }

    private static Command Lint()
    {
        var command = new Command("lint", "What in the features leads nowhere: undefined and ambiguous steps, files and sentences that cannot be read. 1 where there is something.") { Folder, Json };
        command.SetAction(parsed =>
        {
            var (shelf, library) = Load(parsed);
            var faults = StepUses.Of(library, shelf.Now).Faults;
            Print(parsed, faults, fault => fault);
            return faults.IsEmpty ? ClientVerb.Done : ClientVerb.Refused;
        });
        return command;
    }

    private static int Print<T>(ParseResult parsed, IEnumerable<T> all, Func<T, string> line)
    {
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(Json))
        {
            output.WriteLine(JsonSerializer.Serialize(all, Indented));
        }
        else
        {
            foreach (var one in all)
            {
                output.WriteLine(line(one));
            }
        }

        return ClientVerb.Done;
    }
}
