using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Fleet.Agent;

namespace OpsConsole.Tests.Fleet.Agent;

[Trait("Category", "Integration")]
public sealed class ScriptHooksTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hooks-");
    private readonly ScriptHooks _hooks;

    public ScriptHooksTests() => _hooks = new("h1", _folder.FullName, TimeProvider.System);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_script_sees_the_order_and_says_what_runs()
    {
        Script("verify", "echo \"$HOST $STEP $TOKEN $DIGEST\" > seen; test -n \"$DEADLINE\" && echo release=$RELEASE && echo digest=$DIGEST");
        var result = await _hooks.VerifyAsync(Order(HostStep.Verify), default);

        Assert.Equal((true, "v2", "sha256:d", ""), (result.Succeeded, result.Release, result.Digest, result.Detail ?? ""));
        Assert.Empty(result.Changes);
        Assert.Equal("h1 Verify 3 sha256:d", File.ReadAllText(Path.Combine(_folder.FullName, "seen")).Trim());
    }

    [Fact]
    public async Task A_failing_script_gives_its_code_and_its_last_lines_and_no_more()
    {
        Script("install", "for i in $(seq 1 5000); do echo line $i; done; echo no space left >&2; for i in $(seq 1 2000); do echo after $i; done; exit 28");
        var result = await _hooks.InstallAsync(Order(HostStep.Install), default);

        Assert.False(result.Succeeded);
        Assert.StartsWith("install ended with code 28.", result.Detail, StringComparison.Ordinal);
        Assert.Contains("no space left", result.Detail, StringComparison.Ordinal);
        Assert.True(result.Detail!.Length < 500);
    }

    [Fact]
    public async Task Read_only_is_one_script_with_on_and_off()
    {
        Script("read-only", "echo $1 >> seen");
        await _hooks.ReadOnlyOnAsync(Order(HostStep.ReadOnlyOn), default);
        await _hooks.ReadOnlyOffAsync(Order(HostStep.ReadOnlyOff), default);

        Assert.Equal(["on", "off"], File.ReadAllLines(Path.Combine(_folder.FullName, "seen")));
    }

    [Fact]
    public async Task A_missing_script_is_a_failed_step_that_names_it()
    {
        var result = await _hooks.DrainAsync(Order(HostStep.Drain), default);

        Assert.StartsWith("there is no script 'drain'", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_is_cut_off_leaves_no_process_behind()
    {
        Script("start", "sleep 300 & echo $! > child; wait");
        using var cut = new CancellationTokenSource();
        var running = _hooks.StartAsync(Order(HostStep.Start), cut.Token);
        var child = int.Parse(await AgentProcesses.TextOfAsync(Path.Combine(_folder.FullName, "child")), System.Globalization.CultureInfo.InvariantCulture);
        await cut.CancelAsync();

        Assert.StartsWith("start was killed", (await running).Detail, StringComparison.Ordinal);
        await AgentProcesses.UntilAsync(() => !AgentProcesses.Lives(child));
    }

    [Fact]
    public async Task A_script_that_leaves_a_daemon_does_not_hold_the_agent_up()
    {
        Script("start", "sleep 5 & echo started");

        Assert.True((await _hooks.StartAsync(Order(HostStep.Start), default)).Succeeded);
    }

    [Fact]
    public async Task Vitals_come_from_the_machine_and_the_health_script()
    {
        Script("health", "echo release=v7");
        await _hooks.ReportAsync(default);
        var vitals = await _hooks.ReportAsync(default);

        Assert.Equal(("h1", true, "v7"), (vitals.Host, vitals.Healthy, vitals.Release));
        Assert.True(vitals.MemoryBytes > 0);
    }

    private void Script(string name, string text) => AgentProcesses.Script(_folder.FullName, name, text);

    private static AgentOrder Order(HostStep step) => new($"v/{step}", "h1", step, VisitPurpose.Forward, "v2", "sha256:d", 3, DateTimeOffset.MaxValue);
}
