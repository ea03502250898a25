using System.CommandLine;
using System.Text.Json;

namespace OpsConsole.Web.Cli;

/// <summary>A verb that asks a running console. Exit codes: 0 done, 1 refused, 2 wrong usage, 3 not reached.</summary>
internal sealed class ClientVerb : Command
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int WrongUsage = 2;
    public const int NotReached = 3;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly Option<string?> _url = new("--url") { Description = "The console's address; else OPSCONSOLE_URL, else http://127.0.0.1:5080." };
    private readonly Option<string?> _token = new("--token") { Description = "An API token; else OPSCONSOLE_TOKEN, else the file cli-token in the data folder." };
    private readonly Option<DirectoryInfo> _data = new("--data") { Description = "The console's data folder, when it runs on this machine.", DefaultValueFactory = _ => new DirectoryInfo("data") };
    private readonly Option<bool> _json = new("--json") { Description = "Print the console's answer as JSON." };
    private readonly Func<ConsoleClient, ParseResult, CancellationToken, Task<JsonElement>> _ask;
    private readonly Action<JsonElement, TextWriter> _show;

    /// <param name="ask">Asks the console.</param>
    /// <param name="show">Writes the answer for a person; with <c>--json</c> it is written as it came.</param>
    public ClientVerb(string name, string description, Func<ConsoleClient, ParseResult, CancellationToken, Task<JsonElement>> ask, Action<JsonElement, TextWriter>? show = null)
        : base(name, description)
    {
        (_ask, _show) = (ask, show ?? Table.Done);
        Options.Add(_url);
        Options.Add(_token);
        Options.Add(_data);
        Options.Add(_json);
        SetAction(RunAsync);
    }

    public ClientVerb With(params ReadOnlySpan<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                Arguments.Add(argument);
            }
            else if (symbol is Option option)
            {
                Options.Add(option);
            }
        }

        return this;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var output = parsed.InvocationConfiguration.Output;
        var error = parsed.InvocationConfiguration.Error;
        var address = parsed.GetValue(_url) ?? Environment.GetEnvironmentVariable("OPSCONSOLE_URL") ?? "http://127.0.0.1:5080";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            await error.WriteLineAsync($"'{address}' is not an address of a console. Write it like http://127.0.0.1:5080.");
            return WrongUsage;
        }

        var json = parsed.GetValue(_json);
        using var client = new ConsoleClient(url, Token(parsed));
        try
        {
            var answer = await _ask(client, parsed, cancel);
            if (json)
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(answer, Indented));
            }
            else
            {
                _show(answer, output);
            }

            return Done;
        }
        catch (RefusedException refused)
        {
            await (json ? output.WriteLineAsync(refused.Raw.ValueKind == JsonValueKind.Undefined ? "{}" : JsonSerializer.Serialize(refused.Raw, Indented)) : WriteRefusalAsync(error, refused.Refusal));
            return Refused;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            await error.WriteLineAsync($"The console at {url} could not be reached: {e.Message} Start it with 'serve', or name its address with --url.");
            return NotReached;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"A file could not be used: {e.Message}");
            return WrongUsage;
        }
    }

    private static async Task WriteRefusalAsync(TextWriter error, Refusal refusal)
    {
        await error.WriteLineAsync($"Refused ({refusal.Code}): {refusal.What}");
        await error.WriteLineAsync($"  why: {refusal.Why}");
        await error.WriteLineAsync($"  do:  {refusal.Do}");
    }

    private string? Token(ParseResult parsed)
    {
        if ((parsed.GetValue(_token) ?? Environment.GetEnvironmentVariable("OPSCONSOLE_TOKEN")) is { } given)
        {
            return given;
        }

        var file = Path.Combine(parsed.GetValue(_data)!.FullName, "cli-token");
        return File.Exists(file) ? File.ReadAllText(file).Trim() : null;
    }
}
