using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Api;

public sealed class ApiTests : IAsyncLifetime
{
    private readonly RunningConsole _console = new();

    private CordState Cord => _console.States.Get<CordState>(CordStreams.Only);

    public async Task InitializeAsync()
    {
        await _console.InitializeAsync();
        await PlaceAsync("eu-1", "commercial");
        await PlaceAsync("cn-1", "china");
    }

    public Task DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task A_pull_over_http_is_in_force_and_in_the_audit_with_who_and_why()
    {
        using var client = _console.Client(await _console.TokenAsync(("Operator", "global")));
        var answer = await client.PostAsJsonAsync("/api/v1/cord/pull", new { scope = "region:eu-1", mode = "Halt", reason = "p99 doubled" });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        var shown = await client.GetFromJsonAsync<JsonElement>("/api/v1/cord");
        Assert.Equal("region:eu-1", shown.GetProperty("inForce")[0].GetProperty("scope").GetString());
        var newest = (await client.GetFromJsonAsync<JsonElement>("/api/v1/audit?stream=cord")).GetProperty("events")[0];
        Assert.Equal(("cord.pulled", "p99 doubled"), (newest.GetProperty("event").GetString(), newest.GetProperty("reason").GetString()));
        Assert.StartsWith("token:t-", newest.GetProperty("actor").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_idempotency_key_again_changes_nothing_and_another_callers_key_is_their_own()
    {
        using var client = _console.Admin();
        client.DefaultRequestHeaders.Add("Idempotency-Key", "k1");
        using var other = _console.Client(await _console.TokenAsync(("Operator", "global")));
        other.DefaultRequestHeaders.Add("Idempotency-Key", "k1");

        var first = await (await client.PostAsJsonAsync("/api/v1/cord/pull", new { scope = "region:eu-1" })).JsonAsync();
        var again = await (await client.PostAsJsonAsync("/api/v1/cord/pull", new { scope = "region:eu-1" })).JsonAsync();
        Assert.Equal(first.GetProperty("version").GetInt64(), again.GetProperty("version").GetInt64());
        Assert.Single(Cord.InForce);

        await other.PostAsJsonAsync("/api/v1/cord/pull", new { scope = "region:cn-1" });
        Assert.Equal(2, Cord.InForce.Length);
    }

    [Fact]
    public async Task A_command_on_what_is_no_longer_so_is_refused()
    {
        using var client = _console.Admin();
        await client.PostAsJsonAsync("/api/v1/cord/pull", new { scope = "region:eu-1" });
        var seen = (await client.GetAsync(new Uri("/api/v1/cord", UriKind.Relative))).Headers.ETag!;
        await client.PostAsJsonAsync("/api/v1/cord/pull", new { scope = "region:cn-1" });

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/cord/release") { Content = JsonContent.Create(new { pull = "c-1", reason = "over" }), Headers = { IfMatch = { seen } } };
        await (await client.SendAsync(request)).IsProblemAsync(HttpStatusCode.Conflict, "command.stale");
        Assert.Equal(2, Cord.InForce.Length);
    }

    [Fact]
    public async Task Roles_hold_where_they_were_given_and_nowhere_else()
    {
        using var client = _console.Client(await _console.TokenAsync(("Operator", "partition:china")));

        Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync("/api/v1/cord/pull", new { scope = "region:cn-1" })).StatusCode);
        await (await client.PostAsJsonAsync("/api/v1/cord/pull", new { scope = "region:eu-1" })).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await client.PostAsJsonAsync("/api/v1/cord/release", new { pull = "c-1", reason = "over" })).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await client.GetAsync(new Uri("/api/v1/accounts", UriKind.Relative))).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await client.GetAsync(new Uri("/api/v1/fleet/regions/eu-1/hosts", UriKind.Relative))).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
        Assert.Equal("cn-1", (await client.GetFromJsonAsync<JsonElement>("/api/v1/fleet/regions"))[0].GetProperty("region").GetString());
        Assert.Single(Cord.InForce);
    }

    [Fact]
    public async Task A_revoked_token_is_nobody_at_once_and_an_agents_token_opens_no_page()
    {
        using var admin = _console.Admin();
        var token = await _console.TokenAsync(("Viewer", "global"));
        using var client = _console.Client(token);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/api/v1/me", UriKind.Relative))).StatusCode);
        await admin.DeleteAsync(new Uri($"/api/v1/tokens/{token.Split('_')[1]}", UriKind.Relative));
        await (await client.GetAsync(new Uri("/api/v1/me", UriKind.Relative))).IsProblemAsync(HttpStatusCode.Unauthorized, "access.no-credentials");

        var made = await (await admin.PostAsJsonAsync("/api/v1/tokens", new { name = "h1", host = "h1" })).JsonAsync();
        using var agent = _console.Client(made.GetProperty("token").GetString());
        await (await agent.GetAsync(new Uri("/api/v1/me", UriKind.Relative))).IsProblemAsync(HttpStatusCode.Forbidden, "access.wrong-kind");
    }

    [Theory]
    [InlineData("{", "the body")]
    [InlineData("""{"scope":"everywhere"}""", "scope")]
    [InlineData("""{"scope":"global","mode":"Explode"}""", "mode")]
    [InlineData("""{"scope":"global","modus":"Halt"}""", "modus")]
    [InlineData("""{"mode":"Halt"}""", "scope")]
    [InlineData("""{"scope":null}""", "scope")]
    [InlineData("""{"scope":"global","mode":7}""", "mode")]
    public async Task Bad_json_is_refused_with_the_fields_name_and_changes_nothing(string json, string field)
    {
        using var client = _console.Admin();
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        var problem = await (await client.PostAsync(new Uri("/api/v1/cord/pull", UriKind.Relative), body)).IsProblemAsync(HttpStatusCode.BadRequest, "api.json");
        Assert.Contains(field, problem.GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Empty(Cord.InForce);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_100_MB_is_refused_in_words(bool lengthStated)
    {
        using var client = _console.Admin();
        var spaces = new byte[100_000_000];
        Array.Fill(spaces, (byte)' ');
        using var body = new StreamContent(new MemoryStream(spaces));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/cord/pull") { Content = body };
        request.Headers.TransferEncodingChunked = !lengthStated;
        request.Headers.ExpectContinue = !lengthStated;
        await (await client.SendAsync(request)).IsProblemAsync(HttpStatusCode.RequestEntityTooLarge, "api.body-too-large");
    }

    [Fact]
    public async Task What_is_not_there_or_not_so_is_said_in_words()
    {
        using var client = _console.Admin();
        await (await client.GetAsync(new Uri("/api/v1/nothing", UriKind.Relative))).IsProblemAsync(HttpStatusCode.NotFound, "api.no-such-path");
        await (await client.GetAsync(new Uri("/api/v1/fleet/regions/atlantis/hosts", UriKind.Relative))).IsProblemAsync(HttpStatusCode.NotFound, "fleet.no-such-region");
        await (await client.GetAsync(new Uri("/api/v1/audit?take=100000", UriKind.Relative))).IsProblemAsync(HttpStatusCode.BadRequest, "audit.take");
        await (await client.GetAsync(new Uri("/api/v1/audit?take=many", UriKind.Relative))).IsProblemAsync(HttpStatusCode.BadRequest, "api.request");
        using var text = new StringContent("scope", Encoding.UTF8, "text/plain");
        await (await client.PostAsync(new Uri("/api/v1/cord/pull", UriKind.Relative), text)).IsProblemAsync(HttpStatusCode.UnsupportedMediaType, "api.content-type");
        await (await client.PostAsync(new Uri("/api/v1/cord/pull", UriKind.Relative), null)).IsProblemAsync(HttpStatusCode.BadRequest, "api.request");
        await (await client.PutAsync(new Uri("/api/v1/cord/pull", UriKind.Relative), null)).IsProblemAsync(HttpStatusCode.MethodNotAllowed, "api.method");
        await (await client.PostAsync(new Uri("/api/v1/nothing", UriKind.Relative), null)).IsProblemAsync(HttpStatusCode.MethodNotAllowed, "api.method");
    }

    [Fact]
    public async Task Another_sites_page_cannot_send_commands_with_a_persons_session()
    {
        using var browser = _console.Client();
        await browser.GetAsync(new Uri(_console.Link!));
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/api/v1/cord/pull") { Content = JsonContent.Create(new { scope = "global" }) };
        foreign.Headers.Add("Origin", "https://evil.example");
        await (await browser.SendAsync(foreign)).IsProblemAsync(HttpStatusCode.Forbidden, "access.other-site");

        using var own = new HttpRequestMessage(HttpMethod.Post, "/api/v1/cord/pull") { Content = JsonContent.Create(new { scope = "global" }) };
        own.Headers.Add("Origin", _console.Url);
        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(own)).StatusCode);
    }

    [Fact]
    public async Task Hosts_come_in_pages()
    {
        using var client = _console.Admin();
        var first = await client.GetFromJsonAsync<JsonElement>("/api/v1/fleet/regions/eu-1/hosts?take=2");
        var second = await client.GetFromJsonAsync<JsonElement>($"/api/v1/fleet/regions/eu-1/hosts?take=2&after={first.GetProperty("next").GetString()}");

        Assert.Equal(2, first.GetProperty("hosts").GetArrayLength());
        Assert.Equal(1, second.GetProperty("hosts").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task The_openapi_document_names_every_path_of_the_api_and_no_other()
    {
        using var client = _console.Admin();
        var paths = (await client.GetFromJsonAsync<JsonElement>("/api/v1/openapi.json")).GetProperty("paths").EnumerateObject().Select(path => path.Name).ToArray();

        Assert.Contains("/api/v1/cord/pull", paths);
        Assert.All(paths, path => Assert.StartsWith("/api/v1/", path, StringComparison.Ordinal));
    }

    private async Task PlaceAsync(string region, string partition)
    {
        ImmutableArray<Host> hosts = [.. Enumerable.Range(1, 3).Select(i => new Host($"{region}-h{i}", partition, region, $"{region}a", "r1", HostRole.Web, "web", "m1", 0, HostDriver.Simulated))];
        Assert.Null((await _console.Commands.SendAsync(new(new PlaceHosts(region, partition, hosts, []), Actor.Engine))).Rejection);
    }
}
