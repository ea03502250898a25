using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Engine.Durability;
using OpsConsole.Tests.World;
using OpsConsole.Web;

namespace OpsConsole.Tests.Durability;

/// <summary>Durability over HTTP and by verbs, on a whole console.</summary>
public sealed class DurabilityApiTests : IAsyncLifetime
{
    private readonly ScriptedStore _store = new();
    private readonly RunningConsole _console;
    private HttpClient _client = null!;

    public DurabilityApiTests() => _console = new() { Services = services => services.AddSingleton<IPlacementSource>(_store) };

    public async Task InitializeAsync()
    {
        _store.Lose(0);
        await _console.InitializeAsync();
        _client = _console.Admin();
        _console.App.Services.GetRequiredService<DurabilityBook>().Look();
    }

    public Task DisposeAsync()
    {
        _client.Dispose();
        return _console.DisposeAsync();
    }

    [Fact]
    public async Task A_store_is_told_with_all_its_figures_rest_on()
    {
        var all = await _client.GetFromJsonAsync<JsonElement>("/api/v1/durability");
        var store = Assert.Single(all.EnumerateArray());
        Assert.Equal(("RS(5,4)", "MarkovChain", 0.0136), (store.GetProperty("code").GetString(), store.GetProperty("model").GetString(), store.GetProperty("annualFailureRate").GetDouble()));
        var other = await _client.GetFromJsonAsync<JsonElement>("/api/v1/durability/stores/storage/eu-9?afr=0.1&repairHours=24");
        Assert.Equal(24, other.GetProperty("meanRepairHours").GetDouble());
        Assert.True(Loss(other) > 100 * Loss(store));
    }

    [Fact]
    public async Task What_if_names_the_sets_that_would_go()
    {
        var answer = await (await _client.PostAsJsonAsync("/api/v1/durability/stores/storage/eu-9/what-if", new { azs = new[] { "eu-9b", "eu-9c" } })).JsonAsync();
        Assert.Equal((24, 32), (answer.GetProperty("killed").GetInt32(), answer.GetProperty("lost").GetInt32()));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("steadyHours").ValueKind);
        Assert.Equal(32, answer.GetProperty("evidence").GetArrayLength());
    }

    [Theory]
    [InlineData("stores/storage/mars", HttpStatusCode.NotFound, "durability.no-such-store")]
    [InlineData("stores/storage/eu-9?afr=-1", HttpStatusCode.BadRequest, "durability.assumptions")]
    [InlineData("stores/storage/eu-9?repairHours=0", HttpStatusCode.BadRequest, "durability.assumptions")]
    [InlineData("stores/storage/eu-9?horizonHours=1e300", HttpStatusCode.BadRequest, "durability.assumptions")]
    [InlineData("stores/storage/eu-9?killed=2", HttpStatusCode.BadRequest, "durability.assumptions")]
    [InlineData("model?data=40&parity=10", HttpStatusCode.BadRequest, "durability.assumptions")]
    [InlineData("model?data=5&parity=4&alive=3,3", HttpStatusCode.BadRequest, "durability.model")]
    [InlineData("model?data=5&parity=4&alive=9,9,9", HttpStatusCode.BadRequest, "durability.model")]
    [InlineData("model?data=5&parity=4&lives=9000000", HttpStatusCode.BadRequest, "durability.model")]
    [InlineData("model?data=10&parity=20&repairHours=0.02&horizonHours=80000&azLosses=1&bursts=1", HttpStatusCode.BadRequest, "durability.assumptions")]
    public async Task Senseless_questions_are_refused_in_words(string path, HttpStatusCode status, string code) =>
        await (await _client.GetAsync(new Uri("/api/v1/durability/" + path, UriKind.Relative))).IsProblemAsync(status, code);

    [Fact]
    public async Task Unknown_hosts_and_empty_questions_are_refused()
    {
        await (await _client.PostAsJsonAsync("/api/v1/durability/stores/storage/eu-9/what-if", new { hosts = new[] { "nobody" } })).IsProblemAsync(HttpStatusCode.NotFound, "durability.unknown");
        await (await _client.PostAsJsonAsync("/api/v1/durability/stores/storage/eu-9/what-if", new { })).IsProblemAsync(HttpStatusCode.BadRequest, "durability.what-if");
    }

    [Fact]
    public async Task Who_may_not_see_the_region_does_not_see_its_store()
    {
        using var other = _console.Client(await _console.TokenAsync(("Viewer", "region:us-1")));
        Assert.Empty((await other.GetFromJsonAsync<JsonElement>("/api/v1/durability")).EnumerateArray());
        await (await other.GetAsync(new Uri("/api/v1/durability/stores/storage/eu-9", UriKind.Relative))).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await other.PostAsJsonAsync("/api/v1/durability/stores/storage/eu-9/what-if", new { azs = new[] { "eu-9a" } })).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
    }

    [Fact]
    public async Task The_models_of_one_code_stand_side_by_side()
    {
        var answer = await _client.GetFromJsonAsync<JsonElement>("/api/v1/durability/model?data=17&parity=3&afr=0.00405&repairHours=156&lives=1000");
        var nines = answer.GetProperty("figures").EnumerateArray().ToDictionary(figure => figure.GetProperty("model").GetString()!, figure => figure.GetProperty("nines"));
        Assert.Equal(11.13, nines["FixedWindow"].GetDouble(), 0.01);
        Assert.Equal(9.78, nines["MarkovChain"].GetDouble(), 0.01);
        Assert.Equal(JsonValueKind.Null, nines["MonteCarlo"].ValueKind);
        var hurt = await _client.GetFromJsonAsync<JsonElement>("/api/v1/durability/model?data=5&parity=4&horizonHours=24&alive=3,2,0");
        Assert.Equal(4.6e-5, hurt.GetProperty("figures")[0].GetProperty("loss").GetDouble(), 1e-6);
    }

    [Fact]
    public async Task Verbs_ask_the_same()
    {
        var shown = await AskAsync("durability", "show", "--region", "eu-9");
        Assert.Contains("by the MarkovChain, AFR 0.0136, repair 6 h", shown.Output, StringComparison.Ordinal);
        Assert.Contains("if eu-9b is lost", shown.Output, StringComparison.Ordinal);
        Assert.Contains("storage", (await AskAsync("durability", "show")).Output, StringComparison.Ordinal);
        var lost = await AskAsync("durability", "what-if", "eu-9", "--az", "eu-9b", "eu-9c", "--json");
        Assert.Equal(32, JsonDocument.Parse(lost.Output).RootElement.GetProperty("lost").GetInt32());
        Assert.Contains("FixedWindow", (await AskAsync("durability", "model", "17", "3")).Output, StringComparison.Ordinal);
        Assert.Contains("DT-EN-01", (await AskAsync("durability", "threats")).Output, StringComparison.Ordinal);
        Assert.Equal(1, (await AskAsync("durability", "what-if", "eu-9", "--host", "nobody")).Exit);
    }

    [Fact]
    public async Task A_drill_is_in_the_journal_and_proves_its_guard()
    {
        var drilled = await AskAsync("durability", "drill", "DT-HW-03", "scrub within its bound", "--evidence", "run 7");
        Assert.Equal(0, drilled.Exit);
        var coverage = await _client.GetFromJsonAsync<JsonElement>("/api/v1/durability/threats");
        Assert.Equal(1, coverage.GetProperty("proven").GetInt32());
        var rot = coverage.GetProperty("threats").EnumerateArray().Single(one => one.GetProperty("threat").GetProperty("id").GetString() == "DT-HW-03");
        Assert.Equal(["Proven", "Unproven"], rot.GetProperty("guards").EnumerateArray().Select(guard => guard.GetProperty("standing").GetString()));
        await (await _client.PostAsJsonAsync("/api/v1/durability/threats/DT-HW-99/drills", new { guard = "x", held = true, evidence = "y" })).IsProblemAsync(HttpStatusCode.NotFound, "durability.no-such-threat");
        await (await _client.PostAsJsonAsync("/api/v1/durability/threats/DT-HW-03/drills", new { guard = "x", held = true, evidence = "y" })).IsProblemAsync(HttpStatusCode.NotFound, "durability.no-such-guard");
        await (await _client.PostAsJsonAsync("/api/v1/durability/threats/DT-HW-03/drills", new { guard = "scrub within its bound", held = true, evidence = " " })).IsProblemAsync(HttpStatusCode.BadRequest, "durability.evidence");
    }

    private static double Loss(JsonElement store) => store.GetProperty("now").GetProperty("loss").GetDouble();

    private async Task<(int Exit, string Output)> AskAsync(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = await Verbs.RunAsync([.. args, "--url", _console.Url, "--token", _console.AdminToken], output, error);
        return (exit, output.ToString() + error);
    }
}
