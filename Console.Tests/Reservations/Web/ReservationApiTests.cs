using System.Net;
using System.Net.Http.Json;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations;
using OpsConsole.Tests.World;
using OpsConsole.Web;

namespace OpsConsole.Tests.Reservations;

/// <summary>The gate over HTTP and by verbs, against a running console.</summary>
public sealed class ReservationApiTests : IAsyncLifetime
{
    private readonly RunningConsole _console = new();

    private RegionReservations Held => _console.States.Get<RegionReservations>(ReservationStreams.Of("r1"));

    public async Task InitializeAsync()
    {
        await _console.InitializeAsync();
        var hosts = Enumerable.Range(1, 12).Select(n => new Host($"h{n}", "p1", "r1", n <= 11 ? "r1a" : "r1b", $"k{n}", n == 9 ? HostRole.Storage : HostRole.Web, n == 9 ? "storage" : "web", "m1", n, HostDriver.Simulated));
        await _console.Commands.SendAsync(new(new PlaceHosts("r1", "p1", [.. hosts], []), Actor.Engine));
    }

    public Task DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task A_host_is_granted_worked_on_and_given_back()
    {
        using var client = _console.Client(await _console.TokenAsync(("Operator", "region:r1")));
        var granted = await (await client.PostAsJsonAsync("/api/v1/reservations/r1", new { request = "q1", hosts = new[] { "h1" }, reason = "disk smells", ttlSeconds = 600 })).JsonAsync();
        Assert.Equal(("h1", 1), (granted.GetProperty("granted")[0].GetProperty("host").GetString(), granted.GetProperty("granted")[0].GetProperty("token").GetInt32()));

        Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync("/api/v1/reservations/r1/hosts/h1/advance", new { token = 1, to = "Executing" })).StatusCode);
        await (await client.PostAsJsonAsync("/api/v1/reservations/r1/hosts/h1/advance", new { token = 0, to = "Verifying" })).IsProblemAsync(HttpStatusCode.Conflict, "reservation.stale-fencing-token");
        Assert.Equal("Executing", (await (await client.GetAsync("/api/v1/reservations/r1/hosts/h1")).JsonAsync()).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync("/api/v1/reservations/r1/hosts/h1/release", new { token = 1, health = "Healthy" })).StatusCode);
        Assert.Empty(Held.Charged);
    }

    [Fact]
    public async Task A_refusal_says_who_holds_the_host_and_a_dry_run_says_all_that_fails()
    {
        using var admin = _console.Admin();
        using var other = _console.Client(await _console.TokenAsync(("Operator", "global")));
        await admin.PostAsJsonAsync("/api/v1/reservations/r1", Ask("q1", "h1"));

        var refused = await (await other.PostAsJsonAsync("/api/v1/reservations/r1", Ask("q2", "h1"))).IsProblemAsync(HttpStatusCode.Conflict, "reservation.host-already-reserved");
        Assert.Equal(Held.Charged["h1"].Worker.Name, refused.GetProperty("evidence").GetProperty("holder").GetString());
        var dry = await (await other.PostAsJsonAsync("/api/v1/reservations/r1", new { request = "q3", hosts = new[] { "h1", "h9", "h12" }, reason = "look", ttlSeconds = 60, dryRun = true })).JsonAsync();
        Assert.Equal(["h1 HostAlreadyReserved", "h9 HostNotCovered", "h12 AzNotActive"], dry.GetProperty("denials").EnumerateArray().Select(one => $"{one.GetProperty("host")} {one.GetProperty("check")}").Where(line => !line.EndsWith("RackConflict", StringComparison.Ordinal)));
        Assert.Single(Held.Charged);
    }

    [Fact]
    public async Task Who_may_only_look_gets_nothing_and_a_stranger_less()
    {
        using var viewer = _console.Client(await _console.TokenAsync(("Viewer", "global")));
        using var stranger = _console.Client();
        await (await viewer.PostAsJsonAsync("/api/v1/reservations/r1", Ask("q1", "h1"))).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await viewer.PostAsJsonAsync("/api/v1/reservations/r1", new { request = "q1", hosts = new[] { "h1" }, reason = "look", ttlSeconds = 60, dryRun = true })).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
        Assert.Equal(HttpStatusCode.OK, (await viewer.GetAsync("/api/v1/reservations/r1")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/reservations/r1")).StatusCode);
        var tiers = await (await viewer.GetAsync("/api/v1/reservations/r1/tiers")).JsonAsync();
        Assert.Equal("storage not stated", string.Join(' ', tiers.EnumerateArray().Select(line => $"{line.GetProperty("service")} {line.GetProperty("steady")}")));
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/reservations/r1/tiers")).StatusCode);
    }

    [Fact]
    public async Task A_visit_of_a_rollout_leaves_a_reserved_host_alone()
    {
        using var admin = _console.Admin();
        await admin.PostAsJsonAsync("/api/v1/reservations/r1", Ask("q1", "h1"));
        var begin = new BeginVisits("r1", [new("v1", "h1", VisitPurpose.Forward, "2.0", "sha256:2", "roll", TimeSpan.FromMinutes(5))], _console.States.Get<CordState>(CordStreams.Only).Epoch);

        var refused = (await _console.Commands.SendAsync(new(begin, Actor.Engine))).Rejection;
        Assert.Equal(("fleet.reserved", Held.Charged["h1"].Worker.Name), (refused?.Code, refused?.Evidence["holder"]));
        Assert.True((await _console.Commands.SendAsync(new(begin with { Orders = [begin.Orders[0] with { Purpose = VisitPurpose.Rollback }] }, Actor.Engine))).Accepted);
    }

    [Fact]
    public async Task Verbs_ask_and_give_back()
    {
        Assert.Equal(0, await RunAsync("request", "r1", "h1", "h2", "--max", "2", "--reason", "kernel", "--activity", "OsPatch", "--kind", "PlannedAutomation"));
        Assert.Equal(["h1", "h2"], Held.Charged.Keys.Order());
        Assert.Equal(1, await RunAsync("request", "r1", "h1", "--reason", "kernel"));
        Assert.Equal(0, await RunAsync("renew", "r1", "h1", "--token-of-host", "1", "--ttl", "60"));
        Assert.Equal(0, await RunAsync("release", "r1", "h1", "--token-of-host", "1", "--reason", "done"));
        Assert.Equal(0, await RunAsync("list", "r1"));
        Assert.Equal(0, await RunAsync("tiers", "r1"));
        Assert.Equal(["h2"], Held.Charged.Keys);
    }

    private static object Ask(string request, params string[] hosts) => new { request, hosts, reason = "because", ttlSeconds = 600 };

    private Task<int> RunAsync(params string[] arguments) => Verbs.RunAsync(["reservation", .. arguments, "--url", _console.Url, "--token", _console.AdminToken], TextWriter.Null, TextWriter.Null);
}
