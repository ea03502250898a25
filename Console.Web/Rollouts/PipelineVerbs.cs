using System.CommandLine;
using System.Text.Json;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.Rollouts;

/// <summary><c>pipeline list|show|put|validate</c>.</summary>
internal static class PipelineVerbs
{
    private const string Yaml = "application/yaml";

    public static Command Create() => new("pipeline", "How releases travel.") { List(), Show(), Put(), Validate() };

    private static Argument<string> Name() => new("pipeline") { Description = "The pipeline's name." };

    private static Argument<FileInfo> File() => new("file") { Description = "A pipeline file, YAML, at most 256 KB." };

    private static ClientVerb List()
    {
        var after = new Option<string?>("--after") { Description = "Only those after this one." };
        return new ClientVerb(
            "list",
            "Pipelines by name.",
            (console, parsed, cancel) => console.GetAsync($"pipelines{Query.Of(("after", parsed.GetValue(after)))}", cancel),
            Table.Paged("pipelines", "name", "service", "version", "stages", "gates")).With(after);
    }

    private static ClientVerb Show()
    {
        var name = Name();
        return new ClientVerb(
            "show",
            "The file as it was written.",
            async (console, parsed, cancel) => JsonSerializer.SerializeToElement(await console.GetTextAsync($"pipelines/{Uri.EscapeDataString(parsed.GetValue(name)!)}", cancel)),
            (answer, output) => output.Write(answer.GetString())).With(name);
    }

    private static ClientVerb Put()
    {
        var (name, file) = (Name(), File());
        var reason = new Option<string?>("--reason") { Description = "Why, for the audit." };
        return new ClientVerb(
            "put",
            "Keeps a pipeline file; where anything is wrong with it, nothing is changed.",
            (console, parsed, cancel) => console.SendFileAsync(HttpMethod.Put, $"pipelines/{Uri.EscapeDataString(parsed.GetValue(name)!)}{Query.Of(("reason", parsed.GetValue(reason)))}", parsed.GetValue(file)!, Yaml, cancel))
            .With(name, file, reason);
    }

    private static ClientVerb Validate()
    {
        var file = File();
        return new ClientVerb(
            "validate",
            "Judges a pipeline file; changes nothing.",
            (console, parsed, cancel) => console.SendFileAsync(HttpMethod.Post, "pipelines/validate", parsed.GetValue(file)!, Yaml, cancel),
            (answer, output) => output.WriteLine($"{answer.GetProperty("name").GetString()} for {answer.GetProperty("service").GetString()} is valid: {answer.GetProperty("stages")} stages, {answer.GetProperty("gates")} gates.")).With(file);
    }
}
