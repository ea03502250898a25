using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Reservations;
using OpsConsole.Engine.Reservations.Authorities;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Reservations;

/// <summary>A service that is asked over HTTP, on loopback: signed both ways, in time, and about the charges as they are.</summary>
public sealed class WebhookAuthorityTests : IAsyncLifetime
{
    private const string Key = "a-key-of-thirty-two-characters-..";
    private readonly List<(bool Signed, JsonElement Body)> _asked = [];
    private readonly ManualClock _clock = new();
    private readonly WebhookAnswers _answers;
    private readonly StreamStates _states;
    private readonly CommandPath _path;
    private readonly AuthorityBook _book = new();
    private readonly ReservationDesk _desk;
    private WebApplication _service = null!;
    private Func<JsonElement, object> _say = _ => new { epoch = 7, safe = true };
    private string _signWith = Key;
    private TimeSpan _delay;

    public WebhookAuthorityTests()
    {
        _answers = new(_clock);
        var decider = new ReservationDecider(_book);
        _states = new([
            new StreamFamily<RegionFleet>(FleetStreams.Family, regional: true, new FleetDecider()),
            new StreamFamily<CordState>(CordStreams.Family, regional: false, new CordDecider()),
            new StreamFamily<RegionReservations>(ReservationStreams.Family, regional: true, decider)]);
        _path = new(new MemoryJournal(), _states, [], _clock);
        _desk = new(_path, _states, decider, _answers, new(), _clock);
    }

    private RegionReservations Held => _states.Get<RegionReservations>(ReservationStreams.Of("r1"));

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _service = builder.Build();
        _service.Urls.Add("http://127.0.0.1:0");
        _service.MapPost("/ask", AnswerAsync);
        await _service.StartAsync();
        _book.Set("storage", new WebhookAuthority("the webhook", new(new Uri($"{_service.Urls.First()}/ask"), Key, 2_000), _answers));
        await MustAsync(new PlaceHosts("r1", "p1", [.. Enumerable.Range(1, 6).Select(n => new Host($"h{n}", "p1", "r1", "r1a", $"k{n}", HostRole.Storage, "storage", "m1", n, HostDriver.Simulated))], []));
        await MustAsync(new SetReservationPolicy("r1", new() { OfflineShare = 1 }));
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _answers.Dispose();
    }

    [Fact]
    public async Task A_host_is_granted_on_a_signed_answer_about_the_charges_as_they_are()
    {
        Assert.Null((await AskAsync("q1", "h1")).Result.Rejection);
        Assert.Equal(7, Held.Charged["h1"].PlacementEpoch);
        Assert.Null((await AskAsync("q2", "h2", "h3")).Result.Rejection);
        Assert.All(_asked, one => Assert.True(one.Signed));
        Assert.Equal(["h1:", "h2:h1", "h3:h1,h2"], _asked.Select(one => $"{one.Body.GetProperty("host").GetString()}:{string.Join(',', one.Body.GetProperty("gone").EnumerateArray())}"));
    }

    [Fact]
    public async Task An_objection_denies_with_the_services_own_evidence()
    {
        _say = _ => new { epoch = 7, safe = false, set = "s9", slack = -1, blocking = new[] { "h4" } };
        var refused = (await AskAsync("q1", "h1")).Result.Rejection;
        Assert.Equal(("reservation.placement-conflict", "s9", "h4"), (refused?.Code, refused?.Evidence["set"], refused?.Evidence["blocking"]));
    }

    [Fact]
    public async Task A_service_may_say_that_its_steady_tier_does_not_hold_and_then_planned_work_waits()
    {
        _say = _ => new { epoch = 7, safe = true, steady = new { set = "s9", slack = -1, blocking = new[] { "h4" } } };
        var refused = (await AskAsync("q1", "h1")).Result.Rejection;
        Assert.Equal(("reservation.steady-tier-not-held", "s9", "h4"), (refused?.Code, refused?.Evidence["set"], refused?.Evidence["blocking"]));
        Assert.Empty(_asked[^1].Body.GetProperty("lost").EnumerateArray());
    }

    [Fact]
    public async Task An_answer_counts_no_more_once_a_host_at_work_has_become_suspect()
    {
        Assert.Null((await AskAsync("q0", "h6")).Result.Rejection);
        _say = _ => new { epoch = 7, safe = false };
        Assert.Equal("reservation.placement-conflict", (await AskAsync("q1", "h1")).Result.Rejection?.Code);
        await MustAsync(new ReleaseReservation("r1", "h6", 1, HostHealth.Unhealthy));
        _say = _ => new { epoch = 8, safe = true };
        Assert.Null((await AskAsync("q2", "h1")).Result.Rejection);
        Assert.Equal(["h6"], _asked[^1].Body.GetProperty("lost").EnumerateArray().Select(host => host.GetString()));
    }

    [Fact]
    public async Task Bytes_that_a_service_tells_are_held_from_then_on()
    {
        _say = _ => new { epoch = 7, safe = true, bytes = new { each = new { stored = 100, free = 30 } } };
        Assert.Null((await AskAsync("q1", "h1")).Result.Rejection);
        await MustAsync(new ReleaseReservation("r1", "h1", 1, HostHealth.Unhealthy));
        Assert.Null((await AskAsync("q2", "h2")).Result.Rejection);
        var refused = (await AskAsync("q3", "h3")).Result.Rejection;
        Assert.Equal(("reservation.insufficient-repair-capacity", "100", "90"), (refused?.Code, refused?.Evidence["need"], refused?.Evidence["have"]));
    }

    [Fact]
    public async Task An_answer_given_before_something_changed_counts_no_more()
    {
        // While the service thinks, a host is given back: it is asked again.
        Assert.Null((await AskAsync("q0", "h6")).Result.Rejection);
        _asked.Clear();
        _say = _ =>
        {
            if (Held.Charged.ContainsKey("h6"))
            {
                Assert.True(_path.SendAsync(new(new ReleaseReservation("r1", "h6", 1, HostHealth.Healthy), Actor.Engine)).GetAwaiter().GetResult().Accepted);
            }

            return new { epoch = 7, safe = true };
        };
        Assert.Null((await AskAsync("q1", "h1")).Result.Rejection);
        Assert.Equal(["h6", ""], _asked.Select(one => string.Join(',', one.Body.GetProperty("gone").EnumerateArray())));
    }

    [Theory]
    [InlineData("unsigned")]
    [InlineData("late")]
    [InlineData("nonsense")]
    [InlineData("gone")]
    public async Task Whatever_is_no_good_answer_is_no_answer(string fault)
    {
        switch (fault)
        {
            case "unsigned":
                _signWith = "another-key-of-thirty-two-characters";
                break;
            case "late":
                _book.Set("storage", new WebhookAuthority("the webhook", new(new Uri($"{_service.Urls.First()}/ask"), Key, 50), _answers));
                _delay = TimeSpan.FromSeconds(1);
                break;
            case "nonsense":
                _say = _ => new[] { 1, 2 };
                break;
            default:
                await _service.StopAsync();
                break;
        }

        Assert.Equal("reservation.service-unreachable", (await AskAsync("q1", "h1")).Result.Rejection?.Code);
        Assert.Empty(Held.Charged);
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var copy = new MemoryStream();
        await http.Request.Body.CopyToAsync(copy);
        var (id, at) = (http.Request.Headers["webhook-id"].ToString(), http.Request.Headers["webhook-timestamp"].ToString());
        var body = JsonDocument.Parse(copy.ToArray()).RootElement;
        _asked.Add((http.Request.Headers["webhook-signature"] == WebhookAnswers.Sign(Key, id, at, copy.ToArray()), body));
        await Task.Delay(_delay);
        var said = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(_say(body)));
        http.Response.Headers["webhook-signature"] = WebhookAnswers.Sign(_signWith, id, at, said);
        await http.Response.Body.WriteAsync(said);
    }

    private Task<RequestAnswer> AskAsync(string request, params string[] hosts) => _desk.RequestAsync(new(LeaseWorld.Ask(request, hosts), Actor.Person("ada", Role.Admin), "because"), CancellationToken.None);

    private async Task MustAsync(ICommand command) => Assert.True((await _path.SendAsync(new(command, Actor.Engine, "because"))).Accepted);
}
