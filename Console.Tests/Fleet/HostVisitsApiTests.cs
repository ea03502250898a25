using System.Net;
using System.Text.Json;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Tests.World;
using OpsConsole.Web;

namespace OpsConsole.Tests.Fleet;

/// <summary>A host's visits over HTTP and by verb, out of the journal on disk.</summary>
public sealed class HostVisitsApiTests : IAsyncLifetime
{
    private const string At = "/api/v1/fleet/regions/r1/hosts";
    private readonly RunningConsole _console = new();

    public async Task InitializeAsync()
    {
        await _console.InitializeAsync();
        await MustAsync(new PlaceHosts("r1", "p1", [Host("a1"), Host("a10"), Host("a2")], []));
        await MustAsync(new BeginVisits("r1", [new("v1", "a1", VisitPurpose.Forward, "2.0", null, null, TimeSpan.FromHours(1)), new("v10", "a10", VisitPurpose.Forward, "2.0", null, null, TimeSpan.FromHours(1))], 0));
        await MustAsync(new ReportSteps("r1", [new("a1", "v1/Drain", 1, true, "1.0", null)]));
        await MustAsync(new ReportSteps("r1", [new("a1", "v1/Install", 1, false, "1.0", "the disk is full")]));
        await MustAsync(new BeginVisits("r1", [new("v2", "a1", VisitPurpose.Forward, "1.0", null, null, TimeSpan.FromHours(1)) { Changes = [new(HostChangeKind.Firmware, "fw-2")] }], 0));
    }

    public Task DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Every_visit_is_told_newest_first_a_page_at_a_time_and_of_no_other_host()
    {
        using var client = _console.Client(await _console.TokenAsync(("Viewer", "region:r1")));
        var first = await (await client.GetAsync($"{At}/a1/visits?take=1")).JsonAsync();
        Assert.Equal(["v2 Active Firmware fw-2"], Words(first));
        var second = await (await client.GetAsync($"{At}/a1/visits?take=1&before={first.GetProperty("next").GetInt64()}")).JsonAsync();
        Assert.Equal(["v1 Failed Software 2.0"], Words(second));
        Assert.Equal(("Install failed: the disk is full", 1), (second.GetProperty("visits")[0].GetProperty("detail").GetString(), second.GetProperty("visits")[0].GetProperty("steps").GetArrayLength()));
        Assert.Equal(["v2 Active Firmware fw-2", "v1 Failed Software 2.0"], Words(await (await client.GetAsync($"{At}/a1/visits")).JsonAsync()));
        Assert.Equal(["v10 Active Software 2.0"], Words(await (await client.GetAsync($"{At}/a10/visits")).JsonAsync()));
        Assert.Empty(Words(await (await client.GetAsync($"{At}/a2/visits")).JsonAsync()));

        using var output = new StringWriter();
        Assert.Equal(0, await Verbs.RunAsync(["fleet", "visits", "r1", "a1", "--take", "1", "--url", _console.Url, "--token", _console.AdminToken], output, output));
        Assert.Contains("Firmware fw-2", output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"More: --before {first.GetProperty("next").GetInt64()}", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_input_unknown_hosts_and_strangers_get_a_clear_error()
    {
        using var client = _console.Client(await _console.TokenAsync(("Viewer", "region:r1")));
        using var other = _console.Client(await _console.TokenAsync(("Viewer", "region:r2")));
        await (await client.GetAsync($"{At}/a1/visits?take=101")).IsProblemAsync(HttpStatusCode.BadRequest, "fleet.take");
        await (await client.GetAsync($"{At}/a3/visits")).IsProblemAsync(HttpStatusCode.NotFound, "fleet.no-such-host");
        await (await client.GetAsync($"{At}/%22%25/visits")).IsProblemAsync(HttpStatusCode.NotFound, "fleet.no-such-host");
        await (await other.GetAsync($"{At}/a1/visits")).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
    }

    private static IEnumerable<string> Words(JsonElement page) =>
        page.GetProperty("visits").EnumerateArray().Select(one => $"{one.GetProperty("id").GetString()} {one.GetProperty("status").GetString()} {string.Join(" + ", one.GetProperty("activities").EnumerateArray().Select(what => what.GetString()))}");

    private async Task MustAsync(Domain.Journal.ICommand command)
    {
        var result = await _console.Commands.SendAsync(new(command, Actor.Engine, "because"));
        Assert.True(result.Accepted, $"{result.Rejection}");
    }

    private static Host Host(string id) => new(id, "p1", "r1", "r1a", "k1", HostRole.Web, "web", "m1", 1, HostDriver.Agent) { Release = "1.0" };
}
