using System.Text.Json;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Tests.World;
using OpsConsole.Web;

namespace OpsConsole.Tests.Rollouts;

public sealed class RolloutVerbTests : IAsyncLifetime
{
    private readonly RolloutConsole _world = new();

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_release_is_registered_planned_started_watched_to_its_end_and_shown()
    {
        Assert.Equal(0, (await AskAsync("release", "register", "web", "3.0", "sha256:" + new string('3', 64), "--description", "mends it")).Exit);
        var plan = JsonDocument.Parse((await AskAsync("plan", "quick", "3.0", "--json")).Output).RootElement;
        Assert.Contains("6 hosts", (await AskAsync("plan", "quick", "3.0")).Output, StringComparison.Ordinal);
        var started = await AskAsync("rollout", "start", "quick", "3.0", "--name", "r1", "--plan", plan.GetProperty("hash").GetString()!, "--reason", "a try");
        Assert.True(started.Exit == 0, started.Error);

        var watched = await AskAsync("rollout", "watch", "r1");

        Assert.True(watched.Exit == 0, watched.Output + watched.Error);
        Assert.Contains("Completed: 6 of 6 hosts confirmed", watched.Output, StringComparison.Ordinal);
        Assert.Contains("ProvenGood", (await AskAsync("release", "list", "--service", "web")).Output, StringComparison.Ordinal);
        Assert.Contains("r1", (await AskAsync("rollout", "list", "--state", "completed")).Output, StringComparison.Ordinal);

        Assert.Contains("on it and not yet baked, 1 out of service (50% of an AZ", (await AskAsync("plan", "quick", "2.0")).Output, StringComparison.Ordinal);
        Assert.Contains("No forecast: it ended as Completed", (await AskAsync("rollout", "forecast", "r1")).Output, StringComparison.Ordinal);
        Assert.Contains("6 of 6 hosts", (await AskAsync("rollout", "compare", "r1", "r1")).Output, StringComparison.Ordinal);
        var policy = Path.Combine(_world.Console.DataFolder, "policy.yaml");
        await File.WriteAllTextAsync(policy, RolloutConsole.Yaml("quick"));
        var replay = JsonDocument.Parse((await AskAsync("rollout", "replay", "r1", "--pipeline", policy, "--json")).Output).RootElement;
        Assert.Equal("NotStopped", replay.GetProperty("outcome").GetString());
        await File.WriteAllTextAsync(policy, RolloutConsole.Yaml("quick").Replace("service: web", "service: index", StringComparison.Ordinal));
        Assert.Equal(1, (await AskAsync("rollout", "replay", "r1", "--pipeline", policy)).Exit);
        Assert.Equal(2, (await AskAsync("rollout", "replay", "r1")).Exit);
    }

    [Fact]
    public async Task Show_tells_lanes_waits_and_what_may_be_asked_and_a_watch_of_what_is_given_up_is_1()
    {
        Assert.Equal(0, (await AskAsync("rollout", "start", "slow", "2.0", "--name", "r1")).Exit);
        using var client = _world.Console.Admin();
        await _world.UntilAsync(client, "r1", summary => summary.GetProperty("confirmed").GetInt32() > 0);
        await _world.UntilAsync(client, "r1", _ => _world.States.Get<RegionRun>(RunStreams.Of("eu", "r1")).Phase == RunPhase.Baking);
        var shown = (await AskAsync("rollout", "show", "r1")).Output;

        Assert.All(["stage everywhere", "batch 1 (OneBox): Baking, 1 of 1 hosts confirmed", "eu waits for the bake of", "can end it; then", "  Abort\n", "(simulated hosts)"], part => Assert.Contains(part, shown.ReplaceLineEndings("\n"), StringComparison.Ordinal));

        Assert.Equal(0, (await AskAsync("rollout", "pause", "r1", "--reason", "let me look", "--minutes", "5")).Exit);
        Assert.Contains("let me look", (await AskAsync("rollout", "show", "r1")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await AskAsync("rollout", "resume", "r1")).Exit);
        Assert.Equal(1, (await AskAsync("rollout", "abort", "r1", "--seen", "1")).Exit);
        Assert.Equal(0, (await AskAsync("rollout", "abort", "r1", "--reason", "enough")).Exit);
        Assert.Contains("aborted", (await AskAsync("rollout", "resume", "r1")).Error, StringComparison.Ordinal);
        Assert.Equal(0, (await AskAsync("rollout", "abandon", "r1", "--reason", "enough")).Exit);

        var watched = await AskAsync("rollout", "watch", "r1");
        Assert.Equal(1, watched.Exit);
        Assert.Contains("rollout.not-completed", watched.Error, StringComparison.Ordinal);
        var json = await AskAsync("rollout", "watch", "r1", "--json");
        Assert.Equal("Abandoned", JsonDocument.Parse(json.Output).RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_pipeline_file_is_judged_kept_and_shown()
    {
        var file = Path.Combine(_world.Console.DataFolder, "mine.yaml");
        await File.WriteAllTextAsync(file, RolloutConsole.Yaml("mine"));
        Assert.Contains("is valid", (await AskAsync("pipeline", "validate", file)).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await AskAsync("pipeline", "put", "mine", file, "--reason", "new")).Exit);
        Assert.Equal(RolloutConsole.Yaml("mine"), (await AskAsync("pipeline", "show", "mine")).Output);
        Assert.Contains("mine", (await AskAsync("pipeline", "list")).Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, "name: mine\nservice: web\n");
        var wrong = await AskAsync("pipeline", "put", "mine", file);
        Assert.Equal(1, wrong.Exit);
        Assert.Contains("line 1, stages", wrong.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "rollout", "show", "never")]
    [InlineData(1, "rollout", "start", "slow", "9.9")]
    [InlineData(1, "plan", "nowhere", "2.0")]
    [InlineData(1, "release", "clear", "web", "9.9", "--reason", "x")]
    [InlineData(1, "pipeline", "show", "nowhere")]
    [InlineData(2, "rollout", "pause", "r1")]
    [InlineData(2, "rollout", "stat")]
    [InlineData(2, "release", "clear", "web", "2.0")]
    [InlineData(2, "pipeline", "validate", "no-such-file.yaml")]
    public async Task Exit_codes_tell_a_refusal_from_wrong_usage(int exit, params string[] args)
    {
        var answer = await AskAsync(args);

        Assert.Equal(exit, answer.Exit);
        Assert.NotEmpty(answer.Output + answer.Error);
    }

    [Fact]
    public async Task A_console_that_is_not_there_is_3() =>
        Assert.Equal(3, (await RunAsync("rollout", "watch", "r1", "--url", $"http://127.0.0.1:{ConsoleProcess.FreePort()}", "--token", "x")).Exit);

    private Task<(int Exit, string Output, string Error)> AskAsync(params string[] args) => RunAsync([.. args, "--url", _world.Console.Url, "--token", _world.Console.AdminToken]);

    private static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var exit = await Verbs.RunAsync(args, output, error);
        return (exit, output.ToString(), error.ToString());
    }
}
