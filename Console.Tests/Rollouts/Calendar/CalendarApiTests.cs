using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Rollouts;
using OpsConsole.Tests.World;
using OpsConsole.Web;

namespace OpsConsole.Tests.Rollouts.Calendar;

public sealed class CalendarApiTests : IAsyncLifetime
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
    public async Task A_freeze_holds_a_rollout_says_until_when_and_an_override_lets_it_pass()
    {
        var added = await _client.PostAsJsonAsync("/api/v1/calendar/entries/season", new { kind = "Freeze", scope = "service:web", when = "daily", why = "peak week", reason = "it is that time" });
        Assert.True(added.IsSuccessStatusCode, await added.Content.ReadAsStringAsync());
        var id = await _world.StartAsync(_client, "quick");
        await _world.UntilAsync(_client, id, _ => _world.States.Get<RegionRun>(RunStreams.Of("eu", id)).Held is not null);

        var picture = await _client.GetFromJsonAsync<JsonElement>("/api/v1/calendar");
        var line = Assert.Single(picture.GetProperty("entries").EnumerateArray());
        Assert.Equal(("service:web", true, JsonValueKind.Null), (line.GetProperty("entry").GetProperty("scope").GetString(), line.GetProperty("active").GetBoolean(), line.TryGetProperty("until", out var until) ? until.ValueKind : JsonValueKind.Null));
        var held = Assert.Single(picture.GetProperty("held").EnumerateArray());
        Assert.Contains("season", held.GetProperty("wait").GetProperty("what").GetString(), StringComparison.Ordinal);
        var asked = await _client.GetFromJsonAsync<JsonElement>("/api/v1/calendar/ask?region=eu&service=web");
        Assert.False(asked.GetProperty("open").GetBoolean());
        Assert.True((await _client.GetFromJsonAsync<JsonElement>("/api/v1/calendar/ask?region=eu&service=other")).GetProperty("open").GetBoolean());

        await (await _client.PostAsJsonAsync("/api/v1/calendar/entries/seasons/override", new { minutes = 60, reason = "the fix" })).IsProblemAsync(HttpStatusCode.NotFound, "calendar.unknown");
        await (await _client.PostAsJsonAsync("/api/v1/calendar/entries/season/override", new { minutes = 60, reason = "" })).IsProblemAsync(HttpStatusCode.BadRequest, "calendar.reason-missing");
        Assert.True((await _client.PostAsJsonAsync("/api/v1/calendar/entries/season/override", new { minutes = 60, reason = "the fix", rollout = id })).IsSuccessStatusCode);
        var ended = await _world.UntilAsync(_client, id, summary => summary.GetProperty("status").GetString() is "Completed");
        Assert.Equal(6, ended.GetProperty("confirmed").GetInt32());
    }

    [Fact]
    public async Task Roles_decide_who_edits_and_who_overrides()
    {
        using var viewer = _world.Console.Client(await _world.Console.TokenAsync(("Viewer", "global")));
        using var operate = _world.Console.Client(await _world.Console.TokenAsync(("Operator", "global")));
        using var approver = _world.Console.Client(await _world.Console.TokenAsync(("Approver", "global")));
        var body = new { kind = "Freeze", scope = "global", when = "sat,sun", why = "weekends", overrideBy = "Admin" };
        await (await viewer.PostAsJsonAsync("/api/v1/calendar/entries/weekends", body)).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await operate.PostAsJsonAsync("/api/v1/calendar/entries/weekends", body)).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
        Assert.True((await approver.PostAsJsonAsync("/api/v1/calendar/entries/weekends", body)).IsSuccessStatusCode);
        await (await approver.PostAsJsonAsync("/api/v1/calendar/entries/weekends/override", new { minutes = 5, reason = "now" })).IsProblemAsync(HttpStatusCode.Forbidden, "calendar.override-role");
        await (await approver.DeleteAsync(new Uri("/api/v1/calendar/entries/weekends", UriKind.Relative))).IsProblemAsync(HttpStatusCode.BadRequest, "calendar.reason-missing");
        Assert.Equal(HttpStatusCode.OK, (await viewer.GetAsync(new Uri("/api/v1/calendar", UriKind.Relative))).StatusCode);
        using var stranger = _world.Console.Client();
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(new Uri("/api/v1/calendar", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("{\"kind\":\"Freeze\",\"scope\":\"global\",\"when\":\"whenever\",\"why\":\"x\"}", "calendar.invalid")]
    [InlineData("{\"kind\":\"Freeze\",\"scope\":\"region:mars\",\"when\":\"daily\",\"why\":\"x\"}", "calendar.unknown-scope")]
    [InlineData("{\"kind\":\"Freeze\",\"scope\":\"global\",\"when\":\"daily\",\"why\":\"x\",\"zone\":\"Middle/Earth\"}", "calendar.invalid")]
    [InlineData("{\"kind\":\"Freeze\",\"scope\":\"global\",\"when\":\"daily\"}", null)]
    [InlineData("{\"kind\":\"Party\",\"scope\":\"global\",\"when\":\"daily\",\"why\":\"x\"}", null)]
    public async Task Bad_input_gets_a_clear_error_and_changes_nothing(string body, string? code)
    {
        var answer = await _client.PostAsync(new Uri("/api/v1/calendar/entries/e", UriKind.Relative), new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.InRange((int)answer.StatusCode, 400, 404);
        Assert.True(code is null || code == (await answer.JsonAsync()).GetProperty("code").GetString());
        Assert.Empty((await _client.GetFromJsonAsync<JsonElement>("/api/v1/calendar")).GetProperty("entries").EnumerateArray());
    }

    [Fact]
    public async Task The_verbs_do_what_the_pages_do()
    {
        Assert.Equal(0, (await AskAsync("calendar", "add", "nights", "Freeze", "global", "daily 20:00-08:00", "--why", "nobody is there", "--except", "2026-12-24", "2026-12-25")).Exit);
        Assert.Equal(0, (await AskAsync("calendar", "zone", "region:eu", "Europe/Dublin", "--reason", "it lies there")).Exit);
        var shown = (await AskAsync("calendar", "show")).Output;
        Assert.Contains("Freeze nights (global, daily 20:00-08:00, UTC)", shown, StringComparison.Ordinal);
        var asked = JsonDocument.Parse((await AskAsync("calendar", "ask", "eu", "web", "--at", "2026-07-01T19:30:00Z", "--json")).Output).RootElement;
        Assert.Equal((false, "2026-07-02T07:00:00+00:00"), (asked.GetProperty("open").GetBoolean(), asked.GetProperty("opens").GetString()));
        Assert.Equal(0, (await AskAsync("calendar", "override", "nights", "--minutes", "30", "--reason", "the fix")).Exit);
        Assert.Contains("overridden by", (await AskAsync("calendar", "show")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await AskAsync("calendar", "end-override", "nights")).Exit);
        Assert.Equal(0, (await AskAsync("calendar", "change", "nights", "Freeze", "global", "daily 21:00-07:00", "--why", "nobody is there", "--reason", "shorter")).Exit);
        Assert.Equal(1, (await AskAsync("calendar", "add", "nights", "Freeze", "global", "daily", "--why", "x")).Exit);
        Assert.Equal(0, (await AskAsync("calendar", "remove", "nights", "--reason", "over")).Exit);
        Assert.Equal(2, (await AskAsync("calendar", "remove", "nights")).Exit);
    }

    [Fact]
    public async Task A_stage_of_the_file_that_asks_for_approval_waits_and_is_approved_over_HTTP()
    {
        var yaml = RolloutConsole.Yaml("quick").Replace("  - name: everywhere", "  - name: everywhere\n    approval: { roles: [approver], count: 1, fourEyes: false, within: 2h, valid: 1h }", StringComparison.Ordinal).Replace("name: quick", "name: asking", StringComparison.Ordinal);
        var reading = PipelineReader.Read(yaml);
        Assert.Empty(reading.Errors);
        await _world.MustAsync(new SavePipeline(reading.Content!, yaml));
        var id = await _world.StartAsync(_client, "asking");
        await _world.UntilAsync(_client, id, _ => _world.States.Get<Rollout>(RolloutStreams.Of(id)).Asked is not null);

        var line = Assert.Single((await _client.GetFromJsonAsync<JsonElement>("/api/v1/approvals")).GetProperty("approvals").EnumerateArray());
        var plan = line.GetProperty("planHash").GetString();
        Assert.Contains("approval of stage 'everywhere'", line.GetProperty("wait").GetProperty("what").GetString(), StringComparison.Ordinal);
        var stale = await (await _client.PostAsJsonAsync($"/api/v1/rollouts/{id}/approve", new { stage = "everywhere", plan = "0123456789abcdef", reason = "ok" })).IsProblemAsync(HttpStatusCode.Conflict, "approval.plan-changed");
        Assert.Equal(plan, stale.GetProperty("evidence").GetProperty("plan").GetString());
        using var operate = _world.Console.Client(await _world.Console.TokenAsync(("Operator", "global")));
        await (await operate.PostAsJsonAsync($"/api/v1/rollouts/{id}/approve", new { stage = "everywhere", plan, reason = "ok" })).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
        Assert.Equal(0, (await AskAsync("rollout", "approve", id, "everywhere", "--plan", plan!, "--reason", "looked at it")).Exit);
        await _world.UntilAsync(_client, id, summary => summary.GetProperty("status").GetString() is "Completed");
        Assert.Contains("Nothing asks for approval.", (await AskAsync("rollout", "approvals")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("roles: [viewer]", "stages[0].approval.roles")]
    [InlineData("roles: [boss]", "stages[0].approval.roles")]
    [InlineData("count: 0", "stages[0].approval.count")]
    [InlineData("fourEyes: perhaps", "stages[0].approval.fourEyes")]
    [InlineData("within: 31d", "stages[0].approval.within")]
    [InlineData("people: [bob]", "stages[0].approval.people")]
    public void A_wrong_approval_in_a_file_is_an_error_at_its_place(string approval, string path)
    {
        var yaml = RolloutConsole.Yaml("quick").Replace("  - name: everywhere", $"  - name: everywhere\n    approval: {{ {approval} }}", StringComparison.Ordinal);
        Assert.Equal(path, Assert.Single(PipelineReader.Read(yaml).Errors).Path);
    }

    private async Task<(int Exit, string Output, string Error)> AskAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await Verbs.RunAsync([.. args, "--url", _world.Console.Url, "--token", _world.Console.AdminToken], output, error);
        return (exit, output.ToString(), error.ToString());
    }
}
