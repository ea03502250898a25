using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Tests.Scenarios.Regression;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Rollouts;

public sealed class RolloutApiTests : IAsyncLifetime
{
    private readonly RolloutConsole _world = new();
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        await _world.InitializeAsync();
        _client = _world.Console.Admin();
    }

    public Task DisposeAsync()
    {
        _client.Dispose();
        return _world.DisposeAsync();
    }

    [Fact]
    public async Task The_plan_that_was_looked_at_is_the_plan_that_runs()
    {
        var plan = await (await _client.PostAsJsonAsync("/api/v1/plan", new { pipeline = "slow", version = RolloutConsole.New })).JsonAsync();
        Assert.Equal(6, plan.GetProperty("hosts").GetInt32());
        Assert.Empty(await IdsAsync(""));

        var hash = plan.GetProperty("hash").GetString();
        var started = await (await _client.PostAsJsonAsync("/api/v1/rollouts", new { pipeline = "slow", version = RolloutConsole.New, rollout = "r1", plan = hash })).JsonAsync();

        Assert.Equal(hash, started.GetProperty("plan").GetString());
        var running = _world.States.Get<Rollout>(RolloutStreams.Of("r1"));
        Assert.Equal((hash, hash), (running.PlanHash, running.Plan!.Hash()));
        var picture = await _client.GetFromJsonAsync<JsonElement>("/api/v1/rollouts/r1/picture");
        Assert.Equal(hash, picture.GetProperty("planHash").GetString());
        var hosts = (await _client.GetFromJsonAsync<JsonElement>("/api/v1/rollouts/r1/regions/eu")).GetProperty("hosts").EnumerateArray().Select(host => host.GetProperty("host").GetString());
        var planned = plan.GetProperty("plan").GetProperty("stages")[0].GetProperty("waves")[0].GetProperty("regions")[0].GetProperty("batches").EnumerateArray().SelectMany(batch => batch.GetProperty("hosts").EnumerateArray()).Select(host => host.GetString());
        Assert.Equal(planned, hosts);
    }

    [Fact]
    public async Task A_plan_that_is_no_longer_the_plan_is_refused_with_both_hashes()
    {
        var problem = await (await _client.PostAsJsonAsync("/api/v1/rollouts", new { pipeline = "slow", version = RolloutConsole.New, plan = "0123456789abcdef" })).IsProblemAsync(HttpStatusCode.Conflict, "rollout.plan-changed");

        Assert.Equal("0123456789abcdef", problem.GetProperty("evidence").GetProperty("seen").GetString());
        Assert.Empty(_world.States.All<Rollout>(RolloutStreams.Family));
    }

    [Theory]
    [InlineData("slow", "9.9", "rollout.unknown-release")]
    [InlineData("nowhere", "2.0", "rollout.no-pipeline")]
    [InlineData("slow", "a b/c", "rollout.unknown-release")]
    public async Task What_is_not_known_is_not_planned_and_not_started(string pipeline, string version, string code)
    {
        await (await _client.PostAsJsonAsync("/api/v1/plan", new { pipeline, version })).IsProblemAsync(HttpStatusCode.NotFound, code);
        await (await _client.PostAsJsonAsync("/api/v1/rollouts", new { pipeline, version })).IsProblemAsync(HttpStatusCode.NotFound, code);
        Assert.Empty(_world.States.All<Rollout>(RolloutStreams.Family));
    }

    [Fact]
    public async Task A_start_sent_twice_with_one_key_is_one_rollout_and_without_it_the_second_says_which_is_under_way()
    {
        using var keyed = _world.Console.Admin();
        keyed.DefaultRequestHeaders.Add("Idempotency-Key", "deploy-4711");
        var first = await _world.StartAsync(keyed);
        Assert.Equal(first, await _world.StartAsync(keyed));
        Assert.Single(_world.States.All<Rollout>(RolloutStreams.Family));

        var problem = await (await _client.PostAsJsonAsync("/api/v1/rollouts", new { pipeline = "slow", version = RolloutConsole.New })).IsProblemAsync(HttpStatusCode.Conflict, "rollout.under-way");
        Assert.Equal(first, problem.GetProperty("evidence").GetProperty("rollout").GetString());
    }

    [Fact]
    public async Task What_was_decided_on_an_old_version_is_refused_and_changes_nothing()
    {
        var id = await _world.StartAsync(_client);
        await _world.UntilAsync(_client, id, summary => summary.GetProperty("status").GetString() == "Running");

        await (await PostAsync(id, "abort", "\"1\"")).IsProblemAsync(HttpStatusCode.Conflict, "command.stale");
        await (await _client.PostAsJsonAsync($"/api/v1/rollouts/{id}/abort", new { expectedVersion = 1 })).IsProblemAsync(HttpStatusCode.Conflict, "command.stale");
        Assert.False(_world.States.Get<Rollout>(RolloutStreams.Of(id)).Aborted);

        var seen = (await _client.GetAsync(new Uri($"/api/v1/rollouts/{id}", UriKind.Relative))).Headers.ETag!.Tag;
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(id, "abort", seen)).StatusCode);
        Assert.True(_world.States.Get<Rollout>(RolloutStreams.Of(id)).Aborted);
    }

    [Fact]
    public async Task An_abort_wins_over_a_resume_and_retry_goes_on_from_there()
    {
        var id = await _world.StartAsync(_client);
        Assert.Equal(HttpStatusCode.OK, (await _client.PostAsJsonAsync($"/api/v1/rollouts/{id}/pause", new { minutes = 5, reason = "let me look" })).StatusCode);
        await (await _client.PostAsJsonAsync($"/api/v1/rollouts/{id}/pause", new { minutes = 100_000, reason = "long" })).IsProblemAsync(HttpStatusCode.BadRequest, "rollout.pause");
        Assert.Equal(HttpStatusCode.OK, (await _client.PostAsync(new Uri($"/api/v1/rollouts/{id}/abort", UriKind.Relative), null)).StatusCode);

        var refused = await (await _client.PostAsJsonAsync($"/api/v1/rollouts/{id}/resume", new { })).IsProblemAsync(HttpStatusCode.Conflict, "rollout.aborted");
        Assert.Equal("Stopped", refused.GetProperty("evidence").GetProperty("status").GetString());

        Assert.Equal(HttpStatusCode.OK, (await _client.PostAsJsonAsync($"/api/v1/rollouts/{id}/retry", new { reason = "it was a false alarm" })).StatusCode);
        await _world.UntilAsync(_client, id, summary => summary.GetProperty("status").GetString() == "Running");
    }

    [Fact]
    public async Task A_rollback_quarantines_the_release_and_only_an_approver_clears_it()
    {
        var id = await _world.StartAsync(_client);
        await _world.UntilAsync(_client, id, summary => summary.GetProperty("confirmed").GetInt32() > 0);
        Assert.Equal(HttpStatusCode.OK, (await _client.PostAsJsonAsync($"/api/v1/rollouts/{id}/rollback", new { reason = "customers complain" })).StatusCode);
        var ended = await _world.UntilAsync(_client, id, summary => summary.GetProperty("endedAt").ValueKind == JsonValueKind.String);
        Assert.Equal("RolledBack", ended.GetProperty("status").GetString());

        using var operate = _world.Console.Client(await _world.Console.TokenAsync(("Operator", "global")));
        using var approve = _world.Console.Client(await _world.Console.TokenAsync(("Approver", "service:web")));
        var problem = await (await operate.PostAsJsonAsync("/api/v1/rollouts", new { pipeline = "slow", version = RolloutConsole.New })).IsProblemAsync(HttpStatusCode.Locked, "rollout.quarantined");
        Assert.Equal(id, problem.GetProperty("evidence").GetProperty("quarantined-by").GetString());
        await (await operate.PostAsJsonAsync("/api/v1/releases/web/2.0/clear", new { reason = "please" })).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await approve.PostAsJsonAsync("/api/v1/releases/web/2.0/clear", new { reason = " " })).IsProblemAsync(HttpStatusCode.BadRequest, "release.reason-missing");
        Assert.Equal("Quarantined", await StandingAsync());

        Assert.Equal(HttpStatusCode.OK, (await approve.PostAsJsonAsync("/api/v1/releases/web/2.0/clear", new { reason = "it was the network" })).StatusCode);
        Assert.NotEqual("Quarantined", await StandingAsync());
    }

    [Fact]
    [Regression("ui-05")]
    public async Task A_viewer_looks_and_sends_nothing()
    {
        var id = await _world.StartAsync(_client);
        using var viewer = _world.Console.Client(await _world.Console.TokenAsync(("Viewer", "global")));

        foreach (var path in new[] { "rollouts", $"rollouts/{id}", $"rollouts/{id}/picture", $"rollouts/{id}/regions/eu", "releases", "pipelines", "pipelines/slow" })
        {
            Assert.Equal((path, HttpStatusCode.OK), (path, (await viewer.GetAsync(new Uri($"/api/v1/{path}", UriKind.Relative))).StatusCode));
        }

        foreach (var intent in new[] { "pause", "resume", "abort", "rollback", "retry", "abandon" })
        {
            await (await viewer.PostAsJsonAsync($"/api/v1/rollouts/{id}/{intent}", new { reason = "me" })).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
        }

        await (await viewer.PostAsJsonAsync("/api/v1/rollouts", new { pipeline = "slow", version = RolloutConsole.New })).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await viewer.PostAsJsonAsync("/api/v1/releases", new { service = "web", version = "3.0", digest = "sha256:" + new string('3', 64) })).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
        using var elsewhere = _world.Console.Client(await _world.Console.TokenAsync(("Viewer", "region:us")));
        await (await elsewhere.GetAsync(new Uri($"/api/v1/rollouts/{id}/regions/eu", UriKind.Relative))).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
    }

    [Fact]
    public async Task The_list_is_newest_first_by_state_and_in_pages()
    {
        var first = await _world.StartAsync(_client);
        await _client.PostAsJsonAsync($"/api/v1/rollouts/{first}/abort", new { });
        await _client.PostAsJsonAsync($"/api/v1/rollouts/{first}/abandon", new { reason = "another" });
        var second = await _world.StartAsync(_client);

        Assert.Equal([second, first], await IdsAsync(""));
        Assert.Equal([second], await IdsAsync("?take=1"));
        Assert.Equal([first], await IdsAsync($"?take=1&after={second}"));
        Assert.Equal([second], await IdsAsync("?state=active"));
        Assert.Equal([first], await IdsAsync("?state=abandoned&service=web"));
        Assert.Empty(await IdsAsync("?service=storage"));
        await (await _client.GetAsync(new Uri("/api/v1/rollouts?state=7", UriKind.Relative))).IsProblemAsync(HttpStatusCode.BadRequest, "rollout.state");
        await (await _client.GetAsync(new Uri("/api/v1/rollouts?take=9999", UriKind.Relative))).IsProblemAsync(HttpStatusCode.BadRequest, "api.take");
        await (await _client.GetAsync(new Uri("/api/v1/rollouts?after=never", UriKind.Relative))).IsProblemAsync(HttpStatusCode.BadRequest, "api.after");
        await (await _client.GetAsync(new Uri("/api/v1/rollouts/never/picture", UriKind.Relative))).IsProblemAsync(HttpStatusCode.NotFound, "rollout.unknown");
        await (await _client.PostAsJsonAsync("/api/v1/rollouts/never/abort", new { })).IsProblemAsync(HttpStatusCode.NotFound, "rollout.unknown");
    }

    private async Task<string[]> IdsAsync(string query) =>
        [.. (await _client.GetFromJsonAsync<JsonElement>($"/api/v1/rollouts{query}")).GetProperty("rollouts").EnumerateArray().Select(rollout => rollout.GetProperty("id").GetString()!)];

    private async Task<string?> StandingAsync() =>
        (await _client.GetFromJsonAsync<JsonElement>("/api/v1/releases?service=web")).GetProperty("releases").EnumerateArray().Single(release => release.GetProperty("version").GetString() == RolloutConsole.New).GetProperty("standing").GetString();

    private async Task<HttpResponseMessage> PostAsync(string id, string intent, string seen)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/rollouts/{id}/{intent}") { Content = JsonContent.Create(new { reason = "now" }), Headers = { IfMatch = { EntityTagHeaderValue.Parse(seen) } } };
        return await _client.SendAsync(request);
    }
}
