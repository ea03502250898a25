using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Fleet.Agent;

/// <summary>The whole way as operators have it: the real console, the real agents with their scripts, a fleet file, a pipeline, a release, a rollout.</summary>
[Trait("Category", "Integration")]
public sealed class AgentConsoleTests : IAsyncLifetime
{
    private const string Yaml = """
        name: machines
        service: web
        capacityFloor: 0%
        stages:
          - name: everywhere
        """;

    private static readonly string[] Hosts = ["m-a", "m-b", "m-c"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    private readonly string _folder = Directory.CreateTempSubdirectory("agent-console-").FullName;
    private readonly List<Process> _agents = [];
    private readonly int _port = ConsoleProcess.FreePort();
    private ConsoleProcess _console = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        await StartConsoleAsync();
        await MustAsync("fleet/import?format=csv&reason=machines", new StringContent("id,partition,region,az,rack,role,instance_type,driver\n" + string.Concat(Hosts.Select(host => $"{host},commercial,eu,eu-{host[^1]},r1,web,m1,agent\n")), Encoding.UTF8, "text/csv"));
        using (var kept = await _client.PutAsync(new Uri("pipelines/machines?reason=machines", UriKind.Relative), new StringContent(Yaml, Encoding.UTF8, "application/yaml")))
        {
            Assert.True(kept.IsSuccessStatusCode, await kept.Content.ReadAsStringAsync());
        }

        foreach (var host in Hosts)
        {
            await StartAgentAsync(host);
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var agent in _agents)
        {
            agent.Kill(entireProcessTree: true);
            await agent.WaitForExitAsync();
            agent.Dispose();
        }

        _client.Dispose();
        await _console.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_rollout_over_agents_ends_the_same_when_the_console_is_killed_in_its_middle()
    {
        // Undisturbed.
        Go(Hosts);
        await StartRolloutAsync("v1", '1');
        Assert.Equal("Completed", await EndedAsync("r-v1"));
        var undisturbed = Calls("v1");

        // Killed while the second host installs, and started again on the same folder; the host finishes while nobody listens.
        File.Delete(Path.Combine(Hooks("m-b"), "go"));
        await StartRolloutAsync("v2", '2');
        await UntilAsync(() => Task.FromResult(File.Exists(Path.Combine(Hooks("m-b"), "begun-v2"))));
        await _console.KillAsync();
        Go("m-b");
        await UntilAsync(() => Task.FromResult(Lines("m-b").Contains("Install v2")));
        await StartConsoleAsync();
        Assert.Equal("Completed", await EndedAsync("r-v2"));

        Assert.Equal(undisturbed, Calls("v2"));
        Assert.All(Hosts, host => Assert.Equal(["Drain", "Install", "Start", "Verify", "Restore"], undisturbed[host]));
        var running = await _client.GetFromJsonAsync<JsonElement>("fleet/regions/eu/hosts");
        Assert.All(running.GetProperty("hosts").EnumerateArray(), host => Assert.Equal(("v2", "InService"), (host.GetProperty("release").GetString(), host.GetProperty("state").GetString())));
    }

    private async Task StartConsoleAsync()
    {
        _console = await ConsoleProcess.StartAsync("none", Path.Combine(_folder, "data"), _port);
        _client = new HttpClient { BaseAddress = new Uri($"{_console.Url}/api/v1/") };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(_console.DataFolder, "cli-token"))).Trim());
    }

    private async Task StartAgentAsync(string host)
    {
        Directory.CreateDirectory(Hooks(host));
        foreach (var step in new[] { "drain", "start", "restore" })
        {
            AgentProcesses.Script(Hooks(host), step, "echo $STEP $RELEASE >> calls");
        }

        AgentProcesses.Script(Hooks(host), "install", "echo x > begun-$RELEASE; while [ ! -e go ]; do sleep 0.1; done; echo $RELEASE > installed; echo $STEP $RELEASE >> calls");
        AgentProcesses.Script(Hooks(host), "verify", "echo $STEP $RELEASE >> calls; echo release=$(cat installed)");
        using var create = AgentProcesses.Start("agent-token", "create", "--host", host, "--data", _console.DataFolder);
        var token = (await create.StandardOutput.ReadToEndAsync()).Trim();
        await create.WaitForExitAsync();
        Assert.Equal(0, create.ExitCode);
        var agent = AgentProcesses.Start("agent", "--console", _console.Url, "--host", host, "--token", token, "--hooks", Hooks(host), "--state", Path.Combine(_folder, host, "state"));
        agent.BeginOutputReadLine();
        agent.BeginErrorReadLine();
        _agents.Add(agent);
    }

    private async Task StartRolloutAsync(string version, char digest)
    {
        await MustAsync("releases", JsonContent.Create(new { service = "web", version, digest = $"sha256:{new string(digest, 64)}" }));
        using var start = AgentProcesses.Start("rollout", "start", "machines", version, "--name", $"r-{version}", "--reason", "a try", "--url", _console.Url, "--data", _console.DataFolder);
        var said = await start.StandardOutput.ReadToEndAsync() + await start.StandardError.ReadToEndAsync();
        await start.WaitForExitAsync();
        Assert.True(start.ExitCode == 0, said);
    }

    private async Task<string> EndedAsync(string rollout)
    {
        JsonElement summary = default;
        await UntilAsync(async () =>
        {
            Assert.All(_agents, agent => Assert.False(agent.HasExited));
            summary = await _client.GetFromJsonAsync<JsonElement>($"rollouts/{rollout}");
            return summary.GetProperty("endedAt").ValueKind == JsonValueKind.String || summary.GetProperty("status").GetString() is "NeedsOperator" or "Stopped";
        });
        return $"{summary.GetProperty("status").GetString()}{(summary.GetProperty("endedAt").ValueKind == JsonValueKind.String ? "" : $": {summary.GetProperty("why")}")}";
    }

    private async Task MustAsync(string path, HttpContent body)
    {
        using var answer = await _client.PostAsync(new Uri(path, UriKind.Relative), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private string Hooks(string host) => Path.Combine(_folder, host, "hooks");

    private void Go(params string[] hosts) => Array.ForEach(hosts, host => File.WriteAllText(Path.Combine(Hooks(host), "go"), ""));

    private string[] Lines(string host) => File.Exists(Path.Combine(Hooks(host), "calls")) ? File.ReadAllLines(Path.Combine(Hooks(host), "calls")) : [];

    /// <summary>The steps each host was told to take for a release, in order.</summary>
    private Dictionary<string, string[]> Calls(string version) => Hosts.ToDictionary(host => host, host => Lines(host).Where(line => line.EndsWith($" {version}", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]).ToArray());

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await holds())
        {
            await Task.Delay(100, limit.Token);
        }
    }
}
