using System.CommandLine;
using System.Text.Json;
using System.Xml;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Engine.Noodles.Http;
using OpsConsole.Engine.Noodles.Pools;
using OpsConsole.Engine.Noodles.Reading;
using OpsConsole.Engine.Noodles.Reports;
using OpsConsole.Engine.Noodles.Running;
using OpsConsole.Engine.Noodles.Steps;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.Noodles;

/// <summary><c>noodles run --target URL</c>: against any server, without a console. 0 all passed, 1 not all, 2 wrong usage.</summary>
internal static class NoodlesRunVerb
{
    private static readonly Option<Uri> Target = new("--target") { Description = "The server's address.", Required = true, CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : Wrong(result, "is not an address; write it like http://127.0.0.1:9000.") };
    private static readonly Option<string[]> AccessKeys = new("--access-key") { Description = "A customer's access key; repeated for more customers, so that scenarios run side by side. Give Noodles customers of its own.", DefaultValueFactory = _ => [] };
    private static readonly Option<string[]> SecretKeys = new("--secret-key") { Description = "Its secret, as often; else the environment variable NOODLES_SECRET_KEY, for one.", DefaultValueFactory = _ => [] };
    private static readonly Option<string> Region = new("--region") { Description = "As signatures name it.", DefaultValueFactory = _ => "us-east-1" };
    private static readonly Option<bool> VirtualHost = new("--virtual-host") { Description = "The bucket stands in the host's name, not in the path." };
    private static readonly Option<string[]> Lacks = new("--lacks") { Description = "Something the server is known not to do: scenarios with the tag @needs-NAME are skipped; may be repeated.", DefaultValueFactory = _ => [] };
    private static readonly Option<int> Parallel = new("--parallel") { Description = "Scenarios at once, 1 to 32.", DefaultValueFactory = _ => 4 };
    private static readonly Option<int> Retries = new("--retries") { Description = "How often a failed scenario is tried again, 0 to 5.", DefaultValueFactory = _ => 0 };
    private static readonly Option<FileInfo?> JUnit = new("--junit") { Description = "Write JUnit's XML to this file." };
    private static readonly Option<FileInfo?> Messages = new("--messages") { Description = "Write Cucumber's messages (ndjson) to this file." };

    public static Command Create()
    {
        var command = new Command("run", "Runs scenarios against a server.")
        {
            Target, AccessKeys, SecretKeys, Region, VirtualHost, Lacks, Parallel, Retries, JUnit, Messages,
            NoodlesVerbs.Folder, NoodlesVerbs.Tags, NoodlesVerbs.Name, NoodlesVerbs.Feature, NoodlesVerbs.Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var error = parsed.InvocationConfiguration.Error;
        string[] keys = parsed.GetValue(AccessKeys)!, secrets = parsed.GetValue(SecretKeys)!;
        secrets = secrets.Length == 0 && keys.Length == 1 && Environment.GetEnvironmentVariable("NOODLES_SECRET_KEY") is { Length: > 0 } secret ? [secret] : secrets;
        var options = new NoodleRunOptions(parsed.GetValue(Parallel), parsed.GetValue(Retries));
        if ((keys.Length != secrets.Length ? $"There are {keys.Length} access keys and {secrets.Length} secrets; give as many of both." : options.Fault) is { } wrong)
        {
            await error.WriteLineAsync(wrong);
            return ClientVerb.WrongUsage;
        }

        var address = parsed.GetValue(Target)!;
        var target = new NoodleTarget(address.Authority, address, parsed.GetValue(Region)!, [.. keys.Zip(secrets, (key, one) => new NoodleAccount(key, key, one))]) { PathStyle = !parsed.GetValue(VirtualHost), Lacks = [.. parsed.GetValue(Lacks)!] };
        var (shelf, library) = NoodlesVerbs.Load(parsed);
        if (NoodlesVerbs.Selection(parsed).Pick(shelf.Now.Pickles) is { Fault: { } odd })
        {
            await error.WriteLineAsync(odd);
            return ClientVerb.WrongUsage;
        }

        using var http = new NoodleHttp();
        var pools = new NoodlePools(http, TimeProvider.System);
        var result = await new NoodleRunner(library, shelf, pools, http, TimeProvider.System).RunAsync(NoodlesVerbs.Selection(parsed), target, options, cancel);
        foreach (var left in keys.Length == 0 ? [] : await pools.RetireAsync(target, cancel))
        {
            await error.WriteLineAsync($"Not taken away: {left}");
        }

        try
        {
            await WriteAsync(parsed, result, shelf, library, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"A file could not be written: {e.Message}");
            return ClientVerb.WrongUsage;
        }

        return result.Passed ? ClientVerb.Done : ClientVerb.Refused;
    }

    private static async Task WriteAsync(ParseResult parsed, NoodleRunResult result, IFeatureShelf shelf, NoodleLibrary library, CancellationToken cancel)
    {
        if (parsed.GetValue(JUnit) is { } junit)
        {
            await using var writer = XmlWriter.Create(junit.FullName, new XmlWriterSettings { Async = true, Indent = true });
            await JUnitWriter.Write(result).WriteToAsync(writer, cancel);
        }

        if (parsed.GetValue(Messages) is { } messages)
        {
            await using var file = File.Create(messages.FullName);
            await MessageWriter.WriteAsync(result, shelf.Now, library, file, cancel);
        }

        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(NoodlesVerbs.Json))
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(result, NoodlesVerbs.Indented));
            return;
        }

        foreach (var scenario in result.Scenarios.Where(scenario => !scenario.Good || scenario.Flaky || scenario.Note is not null))
        {
            await output.WriteLineAsync($"{(scenario.Good ? scenario.Flaky ? "FLAKY" : "note" : scenario.Status.ToString().ToUpperInvariant())} {scenario.PickleId} {scenario.Name}");
            await output.WriteLineAsync($"    {(scenario.Culprit is { } step ? $"{step.Keyword}{step.Text}: {step.Message}" : scenario.Note)}");
        }

        await output.WriteLineAsync(result.Fault ?? $"{result.Count(StepStatus.Passed)} of {result.Scenarios.Length} scenarios passed, {result.Count(StepStatus.Skipped)} skipped, {result.Scenarios.Count(one => !one.Good)} failed, {result.Flaky} flaky, in {result.Took.TotalSeconds:0.0} s.");
    }

    private static Uri? Wrong(System.CommandLine.Parsing.ArgumentResult result, string why)
    {
        result.AddError($"'{result.Tokens[0].Value}' {why}");
        return null;
    }
}
