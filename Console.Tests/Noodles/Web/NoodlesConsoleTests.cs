using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Engine.Noodles;
using OpsConsole.Tests.ProvingGround.Front;
using OpsConsole.Tests.World;
using OpsConsole.Web;
using OpsConsole.Web.Noodles;

namespace OpsConsole.Tests.Noodles.Web;

/// <summary>Runs asked for over HTTP, by page and by verb, on a whole console with a store beside it.</summary>
public sealed class NoodlesConsoleTests : IAsyncLifetime
{
    private readonly RunningConsole _console;
    private FrontHost _host = null!;
    private HttpClient _client = null!;

    public NoodlesConsoleTests() => _console = new() { Services = services => services.AddSingleton<INoodleTargets>(_ => new Front(() => _host)) };

    public async Task InitializeAsync()
    {
        _host = await FrontHost.StartAsync();
        await _console.InitializeAsync();
        _client = _console.Admin();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _console.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_run_is_asked_for_ends_and_is_kept_with_its_evidence()
    {
        using var asked = await _client.PostAsJsonAsync("/api/v1/noodles/runs", new { id = "first", target = "front", tags = "@canary and @presigned", reason = "to see" });
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        var ended = await EndedAsync("first");
        Assert.True(ended.GetProperty("run").GetProperty("passed").GetBoolean(), ended.ToString());
        var step = ended.GetProperty("result").GetProperty("scenarios")[0].GetProperty("steps").EnumerateArray().First(one => one.GetProperty("text").GetString() == "the address is opened");
        Assert.Equal(200, step.GetProperty("exchanges")[0].GetProperty("status").GetInt32());
        Assert.Contains(step.GetProperty("exchanges")[0].GetProperty("answerHeaders").EnumerateArray(), header => header.GetProperty("name").GetString() == "ETag");
        Assert.Contains("X-Amz-Signature=(removed)", step.GetProperty("exchanges")[0].GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Contains("\"testRunFinished\"", await _client.GetStringAsync("/api/v1/noodles/runs/first/messages"), StringComparison.Ordinal);
        Assert.Contains("<testsuites", await _client.GetStringAsync("/api/v1/noodles/runs/first/junit"), StringComparison.Ordinal);
        var pool = (await _client.GetFromJsonAsync<JsonElement>("/api/v1/noodles/pools")).GetProperty("pools")[0];
        Assert.Equal((0, 0), (pool.GetProperty("leased").GetArrayLength(), pool.GetProperty("quarantined").GetArrayLength()));

        var model = NoodlesModel.Of(_console.App.Services.GetRequiredService<NoodleReader>(), new(Run: "first"));
        Assert.Equal(("runs", "passed"), (model.View, model.Shown?.Line.Words));
        Assert.True(model.Shown is { HasEvidence: true, HasMessages: true });
        Assert.Empty(model.Lint);

        await _console.RestartAsync();
        var again = NoodlesModel.Of(_console.App.Services.GetRequiredService<NoodleReader>(), new(Run: "first"));
        Assert.True(again.Shown is { HasEvidence: false, HasMessages: true });
    }

    [Theory]
    [InlineData("mars", "@canary", "why", HttpStatusCode.NotFound, "noodles.no-such-target")]
    [InlineData("front", "@canary or", "why", HttpStatusCode.BadRequest, "noodles.order")]
    [InlineData("front", "@canary", "", HttpStatusCode.BadRequest, "noodles.reason-missing")]
    public async Task What_cannot_be_run_is_refused(string target, string tags, string reason, HttpStatusCode status, string code)
    {
        using var answer = await _client.PostAsJsonAsync("/api/v1/noodles/runs", new { target, tags, reason });
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Strangers_get_nothing_and_targets_are_told_without_secrets()
    {
        using var stranger = _console.Client();
        foreach (var path in new[] { "scenarios", "steps", "lint", "targets", "pools", "runs" })
        {
            using var refused = await stranger.GetAsync(new Uri($"/api/v1/noodles/{path}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            var told = await _client.GetStringAsync($"/api/v1/noodles/{path}");
            Assert.DoesNotContain(_host.Accounts.Noodles, key => told.Contains(key.Secret, StringComparison.Ordinal));
        }

        var page = await _client.GetFromJsonAsync<JsonElement>("/api/v1/noodles/scenarios?tags=@canary&take=5");
        Assert.Equal(5, page.GetProperty("scenarios").GetArrayLength());
        Assert.NotNull(page.GetProperty("next").GetString());
    }

    [Fact]
    public async Task The_verbs_need_no_console()
    {
        var key = _host.Accounts.Noodles[0];
        var file = Path.Combine(_console.DataFolder, "junit.xml");
        var (passed, said) = await RunAsync("run", "--target", _host.Address.ToString(), "--access-key", key.Id, "--secret-key", key.Secret, "--region", FrontHost.Region, "--tags", "@canary and not @large", "--parallel", "2", "--junit", file);
        Assert.True(passed == 0, said);
        Assert.Contains(" 0 failed", said, StringComparison.Ordinal);
        Assert.Contains("failures=\"0\"", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        var (failed, why) = await RunAsync("run", "--target", _host.Address.ToString(), "--access-key", key.Id, "--secret-key", "not-the-secret", "--region", FrontHost.Region, "--feature", "S3/ranges");
        Assert.True(failed == 1, why);
        Assert.Equal(2, (await RunAsync("run", "--target", "nowhere")).Exit);
        Assert.Equal(2, (await RunAsync("run", "--target", "http://127.0.0.1:9", "--tags", "@a or")).Exit);
        Assert.Equal(0, (await RunAsync("lint")).Exit);
        Assert.Contains("S3/ranges.feature:", (await RunAsync("list", "--name", "range")).Said, StringComparison.Ordinal);
        Assert.Contains("the status is {int}", (await RunAsync("steps")).Said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_model_filters_and_says_what_is_wrong_with_the_filter()
    {
        var reader = _console.App.Services.GetRequiredService<NoodleReader>();
        var all = NoodlesModel.Of(reader, new());
        var some = NoodlesModel.Of(reader, new(Tags: "@presigned", Name: "anybody"));
        Assert.Equal(all.All, all.Scenarios.Length);
        Assert.InRange(some.Scenarios.Length, 1, 10);
        Assert.NotNull(NoodlesModel.Of(reader, new(Tags: "@a (")).Fault);
        Assert.All(NoodlesModel.Of(reader, new("steps", Owner: "s3-clients")).Steps, step => Assert.Equal("s3-clients", step.Sentence.Owner));
        Assert.Equal("front", Assert.Single(all.Targets));
    }

    private static async Task<(int Exit, string Said)> RunAsync(params string[] verb)
    {
        using var said = new StringWriter();
        return (await Verbs.RunAsync(["noodles", .. verb], said, said), said.ToString());
    }

    private async Task<JsonElement> EndedAsync(string id)
    {
        for (var looks = 0; looks < 300; looks++)
        {
            var run = await _client.GetFromJsonAsync<JsonElement>($"/api/v1/noodles/runs/{id}");
            if (run.GetProperty("run").GetProperty("endedAt").ValueKind != JsonValueKind.Null)
            {
                return run;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        throw new TimeoutException($"{id} has not ended within 30 s.");
    }

    private sealed class Front(Func<FrontHost> host) : INoodleTargets
    {
        public ImmutableArray<NoodleTarget> Targets => [new("front", host().Address, FrontHost.Region, [.. host().Accounts.Noodles.Select(key => new NoodleAccount(key.Name, key.Id, key.Secret))])];
    }
}
