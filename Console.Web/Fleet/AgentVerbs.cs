using System.CommandLine;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Fleet.Agent;

namespace OpsConsole.Web.Fleet;

/// <summary><c>agent</c>, which runs on a host, and <c>agent-token create</c>, which runs where the console's data folder is.</summary>
internal static class AgentVerbs
{
    public static Command CreateAgent()
    {
        var console = new Option<string>("--console") { Description = "The console's address, such as https://console.example:5080.", Required = true };
        var host = new Option<string>("--host") { Description = "This host's id in the fleet.", Required = true };
        var token = new Option<string>("--token") { Description = "The token made by 'agent-token create'; or set OPSCONSOLE_AGENT_TOKEN." };
        var hooks = new Option<DirectoryInfo>("--hooks") { Description = "Folder of the scripts drain, install, start, verify, restore, read-only and, if wanted, health.", Required = true };
        var state = new Option<DirectoryInfo>("--state") { Description = "Folder where the agent remembers its fencing token and its last answers.", Required = true };
        var command = new Command("agent", "Runs on a host: takes orders from the console and carries them out with the operator's scripts.") { console, host, token, hooks, state };
        command.SetAction((parsed, cancel) => RunAsync(
            parsed.GetValue(console)!,
            parsed.GetValue(host)!,
            parsed.GetValue(token) ?? Environment.GetEnvironmentVariable("OPSCONSOLE_AGENT_TOKEN") ?? "",
            parsed.GetValue(hooks)!.FullName,
            parsed.GetValue(state)!.FullName,
            cancel));
        return command;
    }

    public static Command CreateToken()
    {
        var host = new Option<string>("--host") { Description = "The host's id in the fleet.", Required = true };
        var data = new Option<DirectoryInfo>("--data") { Description = "The console's data folder.", DefaultValueFactory = _ => new DirectoryInfo("data") };
        var create = new Command("create", "Makes a token for one host's agent and prints it; an older token of that host ends. It is shown this once.") { host, data };
        create.SetAction(parsed =>
        {
            if (HostRules.NameProblem(parsed.GetValue(host)) is { } why)
            {
                return Wrong($"No token was made: the host's id is not valid, {why}.");
            }

            System.Console.Out.WriteLine(new FileAgentTokens(parsed.GetValue(data)!.FullName).Create(parsed.GetValue(host)!));
            return 0;
        });
        return new Command("agent-token", "Tokens of agents.") { create };
    }

    private static async Task<int> RunAsync(string address, string host, string token, string hooks, string state, CancellationToken cancel)
    {
        if (HostRules.NameProblem(host) is { } why)
        {
            return Wrong($"The agent did not start: the host's id is not valid, {why}.");
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var console) || console.Scheme is not ("http" or "https"))
        {
            return Wrong($"The agent did not start: '{address}' is no address. Give --console http://HOST:PORT.");
        }

        if (token.Length == 0)
        {
            return Wrong("The agent did not start: it has no token. Make one with 'agent-token create --host ID' and give it as --token or in OPSCONSOLE_AGENT_TOKEN.");
        }

        if (!Directory.Exists(hooks))
        {
            return Wrong($"The agent did not start: there is no hooks folder {hooks}.");
        }

        using var logs = LoggerFactory.Create(log => log.AddSimpleConsole(line => line.SingleLine = true));
        try
        {
            using var agent = new HostAgent(host, new ScriptHooks(host, hooks, TimeProvider.System), new FileAgentMemory(state, host), TimeProvider.System);
            using var link = new AgentLink(agent, console, token, TimeProvider.System, new Random(Environment.ProcessId), logs.CreateLogger<AgentLink>());
            await link.RunAsync(cancel);
            return 0;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            System.Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static int Wrong(string message)
    {
        System.Console.Error.WriteLine(message);
        return 2;
    }
}
