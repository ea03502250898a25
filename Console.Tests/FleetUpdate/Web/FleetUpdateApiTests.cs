using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Engine.Reservations.Authorities;
using OpsConsole.Tests.World;
using OpsConsole.Web;

namespace OpsConsole.Tests.FleetUpdate.Web;

/// <summary>Fleet Update over HTTP and by verbs, against a running console. The cord is pulled, so that no host is really asked for.</summary>
public sealed class FleetUpdateApiTests : IAsyncLifetime
{
    private const string At = "/api/v1/fleet-update/r1";
    private readonly RunningConsole _console = new();

    public async Task InitializeAsync()
    {
        await _console.InitializeAsync();
        var hosts = (from az in "abc" from n in Enumerable.Range(1, 3) select new Host($"{az}{n}", "p1", "r1", $"r1{az}", $"k{n}", HostRole.Storage, "storage", "m1", n, HostDriver.Simulated) { Release = "1.0" }).ToArray();
        var sets = new PlacedSets(1, null, [new(AzLost: true, ExtraFailures: 0)], [new("s1", [.. hosts.Select(host => host.Id)], 5)]);
        _console.App.Services.GetRequiredService<AuthorityBook>().Set("storage", new PlacedSetsAuthority("placement", sets));
        await _console.Commands.SendAsync(new(new PlaceHosts("r1", "p1", [.. hosts], []), Actor.Engine));
        await _console.Commands.SendAsync(new(new PlaceHosts("r1", "p1", [new Host("x1", "p1", "r1", "r1a", "k9", HostRole.Index, "index", "m1", 1, HostDriver.Simulated)], []), Actor.Engine));
    }

    public Task DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task A_preview_tells_the_plan_beside_its_bounds_and_who_can_never_go_and_orders_nothing()
    {
        using var client = _console.Client(await _console.TokenAsync(("Operator", "region:r1")));
        var told = await (await client.PostAsJsonAsync(At, Order("m1", dryRun: true))).JsonAsync();

        Assert.Equal((9, 9, 9, 9), (told.GetProperty("hosts").GetInt32(), told.GetProperty("visits").GetInt32(), told.GetProperty("waves").GetInt32(), told.GetProperty("wavesBound").GetInt32()));
        Assert.True(told.GetProperty("hours").GetDouble() >= told.GetProperty("hoursBound").GetDouble());
        Assert.Equal(9 * 5, told.GetProperty("savedHostMinutes").GetDouble(), 6);
        Assert.Equal("x1", Assert.Single(told.GetProperty("leftOut").EnumerateArray()).GetProperty("host").GetString());
        Assert.Equal(0, _console.States.VersionOf(FleetUpdateStreams.Of("r1")));
    }

    [Fact]
    public async Task A_campaign_is_ordered_says_what_it_waits_for_and_is_steered()
    {
        using var client = _console.Client(await _console.TokenAsync(("Approver", "global")));
        Assert.True((await _console.Commands.SendAsync(new(new PullCord(Scope.OfRegion("r1"), CordMode.Halt), Actor.Person("ada", Role.Admin), "looking at it"))).Accepted);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync(At, Order("m1"))).StatusCode);
        await (await client.PostAsJsonAsync(At, Order("m1") with { capShare = 0.5 })).IsProblemAsync(HttpStatusCode.Conflict, "fleetupdate.id-taken");
        for (var looks = 0; looks < 100 && (await (await client.GetAsync($"{At}/parked")).JsonAsync()).GetProperty("parked").GetArrayLength() == 0; looks++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        var parked = (await (await client.GetAsync($"{At}/parked")).JsonAsync()).GetProperty("parked")[0];
        Assert.Equal(("emergency-cord-pulled", true), (parked.GetProperty("check").GetString(), parked.GetProperty("needsPerson").GetBoolean()));
        var shown = await (await client.GetAsync($"{At}/campaigns/m1")).JsonAsync();
        Assert.Contains("which was refused", shown.GetProperty("campaign").GetProperty("wait").GetProperty("what").GetString(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync($"{At}/campaigns/m1/pause", new { reason = "lunch" })).StatusCode);
        await (await client.PostAsJsonAsync($"{At}/campaigns/m1/resume", new { reason = "back" })).IsProblemAsync(HttpStatusCode.Locked, "fleetupdate.not-steered");
        await (await client.PostAsJsonAsync($"{At}/campaigns/m1/cancel", new { })).IsProblemAsync(HttpStatusCode.BadRequest, "api.json");
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync($"{At}/campaigns/m1/cancel", new { reason = "no longer needed" })).StatusCode);
        Assert.Equal(CampaignStatus.Cancelled, _console.States.Get<FleetUpdateState>(FleetUpdateStreams.Of("r1")).Campaigns["m1"].Status);
    }

    [Fact]
    public async Task Bad_input_and_people_without_the_role_change_nothing()
    {
        using var viewer = _console.Client(await _console.TokenAsync(("Viewer", "global")));
        using var client = _console.Client(await _console.TokenAsync(("Operator", "global")));
        await (await viewer.PostAsJsonAsync(At, Order("m1"))).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await viewer.PostAsJsonAsync(At, Order("m1", dryRun: true))).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await client.PostAsJsonAsync(At, Order("m 1"))).IsProblemAsync(HttpStatusCode.BadRequest, "fleetupdate.order");
        await (await client.PostAsJsonAsync(At, Order("m1") with { capShare = 2 })).IsProblemAsync(HttpStatusCode.BadRequest, "fleetupdate.order");
        await (await client.PostAsJsonAsync(At, Order("m1") with { activities = [new("Firmware", "fw-1", 1e300, 1)] })).IsProblemAsync(HttpStatusCode.BadRequest, "fleetupdate.order");
        await (await client.PostAsJsonAsync(At, Order("m1") with { reason = null })).IsProblemAsync(HttpStatusCode.BadRequest, "fleetupdate.no-reason");
        await (await client.PostAsJsonAsync(At, Order("m1") with { services = ["none"] })).IsProblemAsync(HttpStatusCode.Locked, "fleetupdate.no-hosts");
        await (await client.GetAsync("/api/v1/fleet-update/nowhere")).IsProblemAsync(HttpStatusCode.NotFound, "fleet.no-such-region");
        await (await client.PostAsJsonAsync($"{At}/campaigns/none/pause", new { reason = "x" })).IsProblemAsync(HttpStatusCode.NotFound, "fleetupdate.unknown");
        Assert.Equal(0, _console.States.VersionOf(FleetUpdateStreams.Of("r1")));
    }

    [Fact]
    public async Task Verbs_preview_and_order_it()
    {
        Assert.Equal((0, "9 hosts in 9 outages; 9 waves, at least 9"), await VerbAsync("preview") is var (code, said) ? (code, said[..41]) : default);
        Assert.Equal(1, (await VerbAsync("pause")).Code);
    }

    private async Task<(int Code, string Said)> VerbAsync(string verb)
    {
        using var output = new StringWriter();
        string[] what = verb == "preview" ? ["--activity", "OsPatch=os-1", "--activity", "Firmware=fw-1", "--proven-by", "us", "--cap", "0.4"] : [];
        var code = await Verbs.RunAsync(["fleet-update", verb, "r1", "m1", .. what, "--reason", "CVE", "--url", _console.Url, "--token", _console.AdminToken], output, output);
        return (code, output.ToString());
    }

    private static Body Order(string id, bool dryRun = false) => new(id, [new("Firmware", "fw-1", 120, 300), new("OsPatch", "os-1", 120, 300)], "CVE-2026-1", dryRun, 0.4, []);

#pragma warning disable IDE1006, SA1300 // names as they travel
    private sealed record Body(string campaign, Activity[] activities, string? reason, bool dryRun, double capShare, string[] services);

    private sealed record Activity(string kind, string version, double p50Seconds, double p99Seconds, string provenBy = "us", double bakeSeconds = 60);
#pragma warning restore IDE1006, SA1300
}
