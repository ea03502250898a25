using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Canaries;
using OpsConsole.Engine.Canaries.Targets;
using OpsConsole.Tests.World;
using OpsConsole.Web;

namespace OpsConsole.Tests.Canaries;

/// <summary>Canaries over HTTP and by verbs, on a whole console.</summary>
public sealed class CanariesApiTests : IAsyncLifetime
{
    private readonly LoopbackTargets _world = new();
    private readonly FaultyTarget _good = new(TargetFault.None, default);
    private readonly FaultyTarget _lying = new(TargetFault.WrongBody, default);
    private readonly RunningConsole _console;
    private HttpClient _client = null!;

    public CanariesApiTests() => _console = new() { Services = services => services.AddSingleton<ICanaryTargets>(_world) };

    public async Task InitializeAsync()
    {
        _world.Add(_good.Address);
        _world.Add(_lying.Address, Vantage.Inside, "test-2", "h1");
        await _console.InitializeAsync();
        _client = _console.Admin();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _console.DisposeAsync();
        await _good.DisposeAsync();
        await _lying.DisposeAsync();
        _world.Dispose();
    }

    [Fact]
    public async Task A_canary_is_put_run_shown_muted_and_removed()
    {
        (await PutAsync("ready")).EnsureSuccessStatusCode();
        var ran = await (await _client.PostAsJsonAsync("/api/v1/canaries/ready/run", new { })).JsonAsync();
        Assert.Equal(["Passed", "Lying"], ran.EnumerateArray().Select(run => run.GetProperty("state").GetString()).Order().Reverse());
        var shown = await _client.GetFromJsonAsync<JsonElement>("/api/v1/canaries/ready");
        Assert.Equal(("Failing", "test-2"), (shown.GetProperty("now").GetProperty("places")[0].GetProperty("standing").GetString(), shown.GetProperty("now").GetProperty("places")[0].GetProperty("region").GetString()));
        var failure = Assert.Single((await _client.GetFromJsonAsync<JsonElement>("/api/v1/canaries/ready/failures")).EnumerateArray());
        Assert.Contains("wrong", failure.GetProperty("exchanges")[0].GetProperty("answer").GetString(), StringComparison.Ordinal);
        (await _client.PostAsJsonAsync("/api/v1/canaries/ready/mute", new { minutes = 5, reason = "drill", region = "test-2" })).EnsureSuccessStatusCode();
        var line = Assert.Single((await _client.GetFromJsonAsync<JsonElement>("/api/v1/canaries")).GetProperty("canaries").EnumerateArray());
        Assert.Equal((true, 1, 1, 2), (line.GetProperty("muted").GetBoolean(), line.GetProperty("served").GetInt32(), line.GetProperty("failing").GetInt32(), line.GetProperty("places").GetInt32()));
        await UntilAsync(() => Alarms() == 8);
        (await _client.DeleteAsync("/api/v1/canaries/ready?reason=done")).EnsureSuccessStatusCode();
        await UntilAsync(() => Alarms() == 0);
        await (await _client.GetAsync("/api/v1/canaries/ready")).IsProblemAsync(HttpStatusCode.NotFound, "canaries.no-such-canary");
    }

    [Fact]
    public async Task What_is_wrong_is_named_and_who_may_not_is_refused()
    {
        await (await PutAsync("ready", period: "00:00:01")).IsProblemAsync(HttpStatusCode.BadRequest, "canaries.invalid");
        await (await PutAsync("ready", body: "other")).IsProblemAsync(HttpStatusCode.BadRequest, "canaries.name");
        await (await _client.PostAsJsonAsync("/api/v1/canaries/none/mute", new { minutes = 5, reason = "drill" })).IsProblemAsync(HttpStatusCode.NotFound, "canaries.no-such-canary");
        await (await _client.PostAsJsonAsync("/api/v1/canaries/none/run", new { })).IsProblemAsync(HttpStatusCode.NotFound, "canaries.no-such-canary");
        using var stranger = _console.Client();
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/canaries")).StatusCode);
        using var viewer = _console.Client(await _console.TokenAsync(("Viewer", "global")));
        Assert.Equal(HttpStatusCode.OK, (await viewer.GetAsync("/api/v1/canaries")).StatusCode);
        await (await viewer.PostAsJsonAsync("/api/v1/canaries/none/mute", new { minutes = 5, reason = "drill" })).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await viewer.PostAsJsonAsync("/api/v1/canaries/none/run", new { })).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await viewer.DeleteAsync("/api/v1/canaries/none")).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
        Assert.Empty((await _client.GetFromJsonAsync<JsonElement>("/api/v1/canaries")).GetProperty("canaries").EnumerateArray());
    }

    [Fact]
    public async Task A_restart_keeps_definitions_and_says_nothing_good_that_is_not_known()
    {
        (await PutAsync("ready")).EnsureSuccessStatusCode();
        (await _client.PostAsJsonAsync("/api/v1/canaries/ready/mute", new { minutes = 60, reason = "drill" })).EnsureSuccessStatusCode();
        await (await _client.PostAsJsonAsync("/api/v1/canaries/ready/run", new { })).JsonAsync();
        _client.Dispose();
        var restarted = TimeProvider.System.GetUtcNow();
        await _console.RestartAsync();
        _client = _console.Admin();
        var shown = await _client.GetFromJsonAsync<JsonElement>("/api/v1/canaries/ready");
        Assert.Equal("00:01:00", shown.GetProperty("canary").GetProperty("schedule").GetProperty("period").GetString());
        Assert.Single(shown.GetProperty("now").GetProperty("mutes").EnumerateArray());
        Assert.All(shown.GetProperty("now").GetProperty("places").EnumerateArray(), place => Assert.True(place.GetProperty("standing").GetString() == "Waiting" || place.GetProperty("lastAt").GetDateTimeOffset() > restarted, place.ToString()));
    }

    [Fact]
    public async Task The_verbs_do_what_the_API_does()
    {
        var file = Path.Combine(_console.DataFolder, "ready.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(Body("ready", "00:01:00")));
        string[] at = ["--url", _console.Url, "--token", _console.AdminToken];
        Assert.Equal(0, (await VerbAsync(["canary", "put", "ready", file, "--reason", "try", .. at])).Exit);
        Assert.Contains("Lying", (await VerbAsync(["canary", "run", "ready", .. at])).Output, StringComparison.Ordinal);
        Assert.Contains("ready", (await VerbAsync(["canary", "list", .. at])).Output, StringComparison.Ordinal);
        Assert.Contains("Failing", (await VerbAsync(["canary", "show", "ready", .. at])).Output, StringComparison.Ordinal);
        Assert.Contains("GET /ready", (await VerbAsync(["canary", "failures", "ready", .. at])).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await VerbAsync(["canary", "mute", "ready", "--reason", "drill", .. at])).Exit);
        Assert.Equal(0, (await VerbAsync(["canary", "unmute", "ready", "--reason", "over", .. at])).Exit);
        Assert.Equal(0, (await VerbAsync(["canary", "silence", .. at])).Exit);
        Assert.Equal(0, (await VerbAsync(["canary", "remove", "ready", "--reason", "over", .. at])).Exit);
        Assert.Equal(1, (await VerbAsync(["canary", "show", "ready", .. at])).Exit);
    }

    private int Alarms() => _console.States.Get<AlarmGroup>(AlarmStreams.Of("canary-ready")).Alarms.Count;

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    private static async Task<(int Exit, string Output)> VerbAsync(string[] args)
    {
        using var output = new StringWriter();
        var exit = await Verbs.RunAsync(args, output, output);
        return (exit, output.ToString());
    }

    private Task<HttpResponseMessage> PutAsync(string name, string period = "00:01:00", string? body = null) => _client.PutAsJsonAsync($"/api/v1/canaries/{name}?reason=try", Body(body ?? name, period));

    private static object Body(string name, string period) =>
        new
        {
            name,
            service = "web",
            schedule = new { period },
            steps = new[] { new { name = "ask", method = "GET", path = "/ready", expect = new { status = new[] { 200 }, body = "ready" } } },
        };
}
