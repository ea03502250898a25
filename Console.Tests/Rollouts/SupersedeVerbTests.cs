using System.Net.Http.Json;
using System.Text.Json;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Web;

namespace OpsConsole.Tests.Rollouts;

/// <summary>Queue, hotfix lane and overrides, as a person at a terminal has them.</summary>
public sealed class SupersedeVerbTests : IAsyncLifetime
{
    private readonly RolloutConsole _world = new();
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        await _world.InitializeAsync();
        _client = _world.Console.Admin();
        var yaml = RolloutConsole.Yaml("slow").Replace("window: 1s", "window: 1s\nsupersede: queue\nhotfix: { bakes: 10% }", StringComparison.Ordinal);
        Assert.True((await _client.PutAsync(new Uri("/api/v1/pipelines/slow", UriKind.Relative), RolloutConsole.Body(yaml))).IsSuccessStatusCode);
    }

    public Task DisposeAsync()
    {
        _client.Dispose();
        return _world.DisposeAsync();
    }

    [Fact]
    public async Task A_second_start_is_queued_a_hotfix_goes_ahead_and_both_can_be_taken_out()
    {
        await MustAsync("release", "register", "web", "3.0", "sha256:" + new string('3', 64));
        await MustAsync("rollout", "start", "slow", RolloutConsole.New, "--name", "r1");
        Assert.Contains("Queued r3", await MustAsync("rollout", "start", "slow", "3.0", "--name", "r3"), StringComparison.Ordinal);
        Assert.Equal(1, (await AskAsync("rollout", "start", "slow", "3.0", "--name", "hot", "--hotfix")).Exit);
        Assert.Contains("Queued hot", await MustAsync("rollout", "start", "slow", "3.0", "--name", "hot", "--hotfix", "--reason", "customers lose data"), StringComparison.Ordinal);

        Assert.Contains("place 1 in the queue of slow, in the hotfix lane, behind r1", await MustAsync("rollout", "show", "hot"), StringComparison.Ordinal);
        Assert.Contains("place 2 in the queue of slow, behind r1", await MustAsync("rollout", "show", "r3"), StringComparison.Ordinal);
        var plain = JsonDocument.Parse(await MustAsync("plan", "slow", "3.0", "--json")).RootElement.GetProperty("leastSeconds").GetInt64();
        Assert.Equal(plain / 10, JsonDocument.Parse(await MustAsync("plan", "slow", "3.0", "--hotfix", "--json")).RootElement.GetProperty("leastSeconds").GetInt64());

        await MustAsync("rollout", "abort", "hot", "--reason", "not needed");
        await MustAsync("rollout", "abort", "r3");
        Assert.Equal((RolloutStatus.Abandoned, RolloutStatus.Abandoned), (_world.States.Get<Rollout>(RolloutStreams.Of("hot")).Status, _world.States.Get<Rollout>(RolloutStreams.Of("r3")).Status));
    }

    [Fact]
    public async Task Overrides_name_what_they_let_pass()
    {
        await MustAsync("rollout", "start", "slow", RolloutConsole.New, "--name", "r1");
        Assert.Contains("gate.not-red", (await AskAsync("rollout", "override-gate", "r1", "errors", "--reason", "known")).Error, StringComparison.Ordinal);
        await MustAsync("cord", "pull", "region:eu", "--reason", "smoke");
        Assert.Contains("cord.no-such-pull", (await AskAsync("rollout", "override-cord", "r1", "c-9", "--reason", "the fix")).Error, StringComparison.Ordinal);
        Assert.Contains("rollout.unknown", (await AskAsync("rollout", "override-cord", "r9", "c-1", "--reason", "the fix")).Error, StringComparison.Ordinal);
        await MustAsync("rollout", "override-cord", "r1", "c-1", "--reason", "the fix");
        Assert.Contains("the fix", await MustAsync("cord", "show"), StringComparison.Ordinal);
        var cord = await _client.GetFromJsonAsync<JsonElement>("/api/v1/cord");
        Assert.Equal(("c-1", "r1"), (cord.GetProperty("overrides")[0].GetProperty("pull").GetString(), cord.GetProperty("overrides")[0].GetProperty("rollout").GetString()));
        await MustAsync("cord", "release", "c-1", "--reason", "over");
        Assert.Empty((await _client.GetFromJsonAsync<JsonElement>("/api/v1/cord")).GetProperty("overrides").EnumerateArray());
    }

    private async Task<string> MustAsync(params string[] args)
    {
        var (exit, output, error) = await AskAsync(args);
        Assert.True(exit == 0, $"{string.Join(' ', args)}: {output}{error}");
        return output;
    }

    private async Task<(int Exit, string Output, string Error)> AskAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var exit = await Verbs.RunAsync([.. args, "--url", _world.Console.Url, "--token", _world.Console.AdminToken], output, error);
        return (exit, output.ToString(), error.ToString());
    }
}
