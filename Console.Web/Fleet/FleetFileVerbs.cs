using System.CommandLine;
using System.Text.Json;
using OpsConsole.Engine.Fleet.Files;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.Fleet;

/// <summary><c>fleet import FILE</c> and <c>fleet export</c>.</summary>
internal static class FleetFileVerbs
{
    public static Command Import()
    {
        var file = new Argument<FileInfo>("file") { Description = "A fleet file, .yaml, .yml or .csv." };
        file.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var path }] && FleetFiles.FormatOf(path) is null)
            {
                result.AddError($"'{path}' does not end in .yaml, .yml or .csv.");
            }
        });
        var reason = new Option<string?>("--reason") { Description = "Why, for the audit." };
        var check = new Option<bool>("--check") { Description = "Only judge the file; change nothing." };
        return new ClientVerb(
            "import",
            "Puts a file's hosts into the fleet: the whole file or, where anything is wrong with it, nothing. Hosts it does not name stay as they are; the same file again changes nothing.",
            (console, parsed, cancel) =>
            {
                var from = parsed.GetValue(file)!;
                var format = FleetFiles.FormatOf(from.Name)!.Value;
                var query = Query.Of(("format", format.ToString().ToLowerInvariant()), ("reason", parsed.GetValue(reason)), ("check", parsed.GetValue(check) ? "true" : null));
                return console.SendFileAsync(HttpMethod.Post, $"fleet/import{query}", from, format == FleetFormat.Csv ? "text/csv" : "application/yaml", cancel);
            },
            (answer, output) => output.WriteLine($"{answer.GetProperty("hosts")} hosts of {answer.GetProperty("regions")} regions read; {answer.GetProperty("applied")} regions are as the file says.")).With(file, reason, check);
    }

    public static Command Export()
    {
        var format = new Option<FleetFormat>("--format") { Description = "yaml or csv.", DefaultValueFactory = _ => FleetFormat.Yaml };
        var region = new Option<string?>("--region") { Description = "Only this region." };
        return new ClientVerb(
            "export",
            "Writes the fleet as a file that 'fleet import' reads back.",
            async (console, parsed, cancel) => JsonSerializer.SerializeToElement(
                await console.GetTextAsync($"fleet/export{Query.Of(("format", parsed.GetValue(format).ToString().ToLowerInvariant()), ("region", parsed.GetValue(region)))}", cancel)),
            (answer, output) => output.Write(answer.GetString())).With(format, region);
    }
}
