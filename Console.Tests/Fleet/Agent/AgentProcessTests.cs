using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Fleet.Agent;
using OpsConsole.Tests.Scenarios.Regression;
using OpsConsole.Web.Fleet;

namespace OpsConsole.Tests.Fleet.Agent;

/// <summary>The agent as operators run it: a process of its own with scripts, against a real server.</summary>
[Trait("Category", "Integration")]
public sealed class AgentProcessTests : IAsyncLifetime, IHostReports
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agents-").FullName;
    private readonly FleetWorld _world = new();
    private readonly List<StepReport> _reports = [];
    private readonly List<Process> _agents = [];
    private WebApplication? _console;
    private int _port;
    private string _token = "";

    private string Hooks => Path.Combine(_folder, "hooks");

    void IHostReports.Report(string region, StepReport report)
    {
        lock (_reports)
        {
            _reports.Add(report);
        }
    }

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Hooks);
        await _world.PlaceAsync(FleetWorld.HostOf("h1", driver: HostDriver.Agent));
        _token = new FileAgentTokens(_folder).Create("h1");
        foreach (var name in new[] { "drain", "install", "start", "restore" })
        {
            AgentProcesses.Script(Hooks, name, "echo $STEP $TOKEN >> calls");
        }

        AgentProcesses.Script(Hooks, "verify", "echo $STEP $TOKEN >> calls; echo release=$RELEASE");
        await StartConsoleAsync();
    }

    public async Task DisposeAsync()
    {
        _agents.ForEach(Kill);
        await StopConsoleAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_whole_visit_goes_through_the_operators_scripts()
    {
        StartAgent();
        foreach (var step in Enum.GetValues<HostStep>()[..5])
        {
            Assert.True((await AskAsync(step)).Succeeded);
        }

        Assert.Equal("v2", _reports[^1].Release);
        Assert.Equal(["Drain 3", "Install 3", "Start 3", "Verify 3", "Restore 3"], Calls());
        var session = Sessions.Of("h1")!;
        Assert.Equal(0, session.Hello!.Token);
        await AgentProcesses.UntilAsync(() => Sessions.Of("h1")?.Vitals is { MemoryBytes: > 0, Release: "v2" });
    }

    [Fact]
    public async Task The_agent_survives_a_restart_of_the_console_and_hands_in_what_it_finished_meanwhile()
    {
        AgentProcesses.Script(Hooks, "install", "echo begun > begun; while [ ! -e go ]; do sleep 0.05; done; echo $STEP $TOKEN >> calls");
        StartAgent();
        await ConnectedAsync();
        Send(HostStep.Install);
        await AgentProcesses.TextOfAsync(Path.Combine(Hooks, "begun"));
        await StopConsoleAsync();
        await File.WriteAllTextAsync(Path.Combine(Hooks, "go"), "");
        await AgentProcesses.TextOfAsync(Path.Combine(Hooks, "calls"));
        await StartConsoleAsync();

        await AgentProcesses.UntilAsync(() => Answer("v/Install") is { Succeeded: true });
        Assert.True((await AskAsync(HostStep.Start)).Succeeded);
        Assert.Equal(["Install 3", "Start 3"], Calls());
    }

    [Fact]
    [Regression("dur-08")]
    public async Task An_agent_killed_in_the_middle_of_a_step_does_it_again_when_asked_and_then_answers_as_before()
    {
        AgentProcesses.Script(Hooks, "install", "echo $$ > begun; [ -e go ] || sleep 300; echo $STEP $TOKEN >> calls");
        var agent = StartAgent();
        await ConnectedAsync();
        Send(HostStep.Install);
        var script = int.Parse(await AgentProcesses.TextOfAsync(Path.Combine(Hooks, "begun")), CultureInfo.InvariantCulture);
        agent.Kill();
        await agent.WaitForExitAsync();
        using (var orphan = Process.GetProcessById(script))
        {
            orphan.Kill(entireProcessTree: true);
        }

        await File.WriteAllTextAsync(Path.Combine(Hooks, "go"), "");
        await AgentProcesses.UntilAsync(() => Sessions.Of("h1") is null);
        agent = StartAgent();
        Assert.True((await AskAsync(HostStep.Install)).Succeeded);

        Kill(agent);
        await AgentProcesses.UntilAsync(() => Sessions.Of("h1") is null);
        lock (_reports)
        {
            _reports.Clear();
        }

        StartAgent();
        Assert.True((await AskAsync(HostStep.Install)).Succeeded);
        Assert.Equal(["Install 3"], Calls());
        Assert.Contains("older than 3", (await AskAsync(HostStep.Drain, token: 2, visit: "old")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_gets_no_connection()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer agent_guess");
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri($"ws://127.0.0.1:{_port}/hubs/agent"), default));
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.PostAsync(new Uri($"http://127.0.0.1:{_port}/hubs/agent/negotiate"), null)).StatusCode);

        _token = "agent_guess";
        var agent = StartAgent();
        Assert.Contains("no line to", await FirstWarningAsync(agent), StringComparison.Ordinal);
        Assert.Null(Sessions.Of("h1"));
    }

    [Fact]
    public async Task An_agent_speaks_for_its_own_host_only()
    {
        StartAgent();
        await ConnectedAsync();

        Assert.False(Sessions.Answer("h1", new StepReport("h2", "v/Drain", 1, true, null, null)));
        Assert.Empty(_reports);
    }

    private AgentSessions Sessions => _console!.Services.GetRequiredService<AgentSessions>();

    private async Task<StepReport> AskAsync(HostStep step, long token = 3, string visit = "v")
    {
        await ConnectedAsync();
        Send(step, token, visit);
        await AgentProcesses.UntilAsync(() => Answer($"{visit}/{step}") is not null);
        return Answer($"{visit}/{step}")!;
    }

    private void Send(HostStep step, long token = 3, string visit = "v") =>
        _console!.Services.GetServices<IHostDriver>().Single().Send(new HostCommand($"{visit}/{step}", _world.Fleet.Hosts["h1"], step, VisitPurpose.Forward, "v2", "sha256:d", token, TimeProvider.System.GetUtcNow().AddMinutes(5)));

    private StepReport? Answer(string command)
    {
        lock (_reports)
        {
            return _reports.FirstOrDefault(report => report.CommandId == command);
        }
    }

    private Task ConnectedAsync() => AgentProcesses.UntilAsync(() => Sessions.Of("h1")?.Hello is not null);

    private string[] Calls() => File.ReadAllLines(Path.Combine(Hooks, "calls"));

    private Process StartAgent()
    {
        var agent = AgentProcesses.Start("agent", "--console", $"http://127.0.0.1:{_port}", "--host", "h1", "--token", _token, "--hooks", Hooks, "--state", Path.Combine(_folder, "state"));
        _agents.Add(agent);
        return agent;
    }

    private static async Task<string> FirstWarningAsync(Process agent)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await agent.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains("warn", StringComparison.Ordinal))
            {
                return line;
            }
        }

        return "";
    }

    private static void Kill(Process agent)
    {
        if (!agent.HasExited)
        {
            agent.Kill(entireProcessTree: true);
            agent.WaitForExit();
        }
    }

    private async Task StartConsoleAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{_port}");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IStates>(_world.States);
        builder.Services.AddSingleton<IHostReports>(this);
        builder.Services.AddAgents(_folder);
        _console = builder.Build();
        _console.MapAgents();
        await _console.StartAsync();
        _port = new Uri(_console.Urls.Single()).Port;
    }

    private async Task StopConsoleAsync()
    {
        if (_console is not null)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await _console.StopAsync(limit.Token);
            await _console.DisposeAsync();
        }
    }
}
