using System.Net;
using System.Text;
using System.Text.Json;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Reservations;

/// <summary>
/// FleetLock against the running endpoint. Where servers differ on releasing with another id, an id that holds nothing is released already here (as with airlock), and the holder keeps its lock.
/// </summary>
[Trait("Category", "Conformance")]
public sealed class FleetLockConformanceTests : IAsyncLifetime
{
    private static readonly JsonElement File = Fixture.Read("stateful-06_fleetlock_protocol.json");
    private readonly RunningConsole _console = new();

    private RegionReservations Held => _console.States.Get<RegionReservations>(ReservationStreams.Of("r1"));

    public static TheoryData<int> Rows() => [.. Enumerable.Range(0, File.GetProperty("sequences").GetArrayLength())];

    public Task InitializeAsync() => _console.InitializeAsync();

    public Task DisposeAsync() => _console.DisposeAsync();

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_sequence_is_answered_as_told(int index)
    {
        var row = File.GetProperty("sequences")[index];
        await PrepareAsync(row);
        using var client = _console.Admin();
        if (row.TryGetProperty("steps", out var steps))
        {
            foreach (var step in steps.EnumerateArray())
            {
                for (var n = 0; n < Number(step, "repeat", 1); n++)
                {
                    await StepAsync(client, step);
                }

                Assert.Equal(Number(step, "holders_after", Held.Charged.Count), Held.Charged.Count);
            }
        }

        if (row.TryGetProperty("concurrent_lockers", out var lockers))
        {
            var answers = await Task.WhenAll(Ids(lockers.GetInt32()).Select(id => SendAsync(client, "pre-reboot", id)));
            Assert.Equal(row.GetProperty("granted").GetInt32(), answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
            Assert.Equal(row.GetProperty("holders_after").GetInt32(), Held.Charged.Count);
        }

        if (row.TryGetProperty("lock_n", out var many))
        {
            await FillAsync(client, "pre-reboot", many.GetInt32(), row.GetProperty("holders_after_each"));
            await FillAsync(client, "steady-state", row.GetProperty("then_unlock_n").GetInt32(), row.GetProperty("holders_after_each_unlock"));
        }
    }

    [Fact]
    public async Task A_stranger_gets_no_lock() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(_console.Client(), "pre-reboot", "a")).StatusCode);

    [Fact]
    public async Task A_client_that_knows_an_address_only_has_the_token_as_its_password()
    {
        await _console.Commands.SendAsync(new(new PlaceHosts("r1", "p1", [.. Ids(3).Select(HostOf)], []), Actor.Engine));
        await _console.Commands.SendAsync(new(new SetReservationPolicy("r1", Policy(new Dictionary<string, int> { ["default"] = 1 }, null)), Actor.Engine));
        using var client = _console.Client();
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"fleetlock:{_console.AdminToken}")));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(client, "pre-reboot", "n0")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/me")).StatusCode);
    }

    [Fact]
    public async Task A_lock_that_runs_out_leaves_its_host_suspect_until_it_says_it_is_well()
    {
        await _console.Commands.SendAsync(new(new PlaceHosts("r1", "p1", [.. Ids(3).Select(HostOf)], []), Actor.Engine));
        await _console.Commands.SendAsync(new(new SetReservationPolicy("r1", Policy(new Dictionary<string, int> { ["default"] = 1 }, TimeSpan.FromSeconds(1))), Actor.Engine));
        using var client = _console.Admin();
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(client, "pre-reboot", "n0")).StatusCode);
        await GroundApi.UntilAsync(() => Task.FromResult(Held.Charged["n0"].State == ReservationState.Suspect), TimeSpan.FromSeconds(20), () => Task.FromResult("it never became suspect"));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(client, "steady-state", "n0")).StatusCode);
        Assert.Empty(Held.Charged);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string endpoint, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/{endpoint}") { Content = new StringContent(JsonSerializer.Serialize(new { client_params = new { group = "default", id } }), Encoding.UTF8, "application/json") };
        request.Headers.Add("fleet-lock-protocol", "true");
        return await client.SendAsync(request);
    }

    private async Task FillAsync(HttpClient client, string endpoint, int many, JsonElement holders)
    {
        var expected = holders.EnumerateArray().Select(count => count.GetInt32()).ToArray();
        foreach (var (id, n) in Ids(many).Select((id, n) => (id, n)))
        {
            Assert.Equal(HttpStatusCode.OK, (await SendAsync(client, endpoint, id)).StatusCode);
            Assert.Equal(expected[n], Held.Charged.Count);
        }
    }

    private static async Task StepAsync(HttpClient client, JsonElement step)
    {
        var path = Text(step, "path") ?? (Text(step, "op") == "lock" ? "/v1/pre-reboot" : "/v1/steady-state");
        using var request = new HttpRequestMessage(new HttpMethod(Text(step, "method") ?? "POST"), path);
        if (request.Method != HttpMethod.Get)
        {
            request.Content = new StringContent(Text(step, "raw_body") ?? (step.TryGetProperty("body", out var body) ? body.GetRawText() : "{\"client_params\":{\"group\":\"default\",\"id\":\"a\"}}"), Encoding.UTF8, "application/json");
        }

        if (!step.TryGetProperty("missing_header", out var missing) || !missing.GetBoolean())
        {
            request.Headers.Add(File.GetProperty("required_header").EnumerateObject().First().Name, "true");
        }

        using var answer = await client.SendAsync(request);
        var expected = step.TryGetProperty("http", out var http) ? http.GetInt32() : step.GetProperty("http_airlock").GetInt32();
        Assert.Equal((step.ToString(), expected), (step.ToString(), (int)answer.StatusCode));
        if (expected is >= 400 and not 404)
        {
            var error = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            Assert.All(["kind", "value"], name => Assert.NotEmpty(error.GetProperty(name).GetString()!));
        }
    }

    /// <summary>A host for each id the row names, in one AZ, and slots as it says.</summary>
    private async Task PrepareAsync(JsonElement row)
    {
        var named = row.TryGetProperty("steps", out var steps)
            ? steps.EnumerateArray().Where(step => step.TryGetProperty("body", out _)).Select(step => step.GetProperty("body").GetProperty("client_params").GetProperty("id").GetString()!).Where(id => id.Length > 0)
            : [];
        var hosts = named.Concat(Ids(40)).Append("a").Distinct().Select(HostOf);
        var slots = row.TryGetProperty("slots", out var given) ? given.EnumerateObject().ToDictionary(group => group.Name, group => group.Value.GetInt32()) : new Dictionary<string, int> { ["default"] = 1 };
        Assert.True((await _console.Commands.SendAsync(new(new PlaceHosts("r1", "p1", [.. hosts], []), Actor.Engine))).Accepted);
        var set = await _console.Commands.SendAsync(new(new SetReservationPolicy("r1", Policy(slots, null)), Actor.Engine));
        Assert.True(set.Accepted, set.Rejection?.ToString());
    }

    private static ReservationPolicy Policy(Dictionary<string, int> slots, TimeSpan? ttl) =>
        new() { OfflineShare = 1, MaxPerRack = null, Groups = System.Collections.Immutable.ImmutableSortedDictionary<string, LockGroup>.Empty.AddRange(slots.Select(group => KeyValuePair.Create(group.Key, new LockGroup(group.Value, Service: "web", Ttl: ttl)))) };

    private static Host HostOf(string id) => new(id, "p1", "r1", "r1a", "k1", HostRole.Web, "web", "m1", 0, HostDriver.Simulated);

    private static IEnumerable<string> Ids(int count) => Enumerable.Range(0, count).Select(n => $"n{n}");

    private static string? Text(JsonElement step, string name) => step.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static int Number(JsonElement step, string name, int otherwise) => step.TryGetProperty(name, out var value) ? value.GetInt32() : otherwise;
}
