using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Rules.Bands;
using OpsConsole.Domain.Fleet;
using OpsConsole.Tests.Alarms.Ingest;
using OpsConsole.Tests.World;
using OpsConsole.Web;

namespace OpsConsole.Tests.Alarms.Web;

/// <summary>Alarms and metrics over HTTP and by verbs, on a whole console.</summary>
public sealed class AlarmApiTests : IAsyncLifetime
{
    private static readonly Uri Otlp = new("/api/v1/otlp/v1/metrics", UriKind.Relative);

    private readonly RunningConsole _console = new();
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        await _console.InitializeAsync();
        _client = _console.Admin();
        var placed = await _console.Commands.SendAsync(new(new PlaceHosts("eu-9", "commercial", [.. from az in new[] { "eu-9a", "eu-9b" } select new Host($"{az}-1", "commercial", "eu-9", az, "r1", HostRole.Web, "shop", "m1", 1, HostDriver.Agent)], []), OpsConsole.Domain.Access.Actor.Engine));
        Assert.Null(placed.Rejection);
    }

    public Task DisposeAsync()
    {
        _client.Dispose();
        return _console.DisposeAsync();
    }

    [Fact]
    public async Task An_alarm_is_put_shown_and_removed_and_a_wrong_one_changes_nothing()
    {
        Assert.Equal(HttpStatusCode.OK, (await PutAsync("shop/errors", new { scope = "az:eu-9a", service = "shop", streams = "errors{az=eu-9a}", statistic = "sum", threshold = 5, bad = 2, of = 3, missing = "NotBreaching" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync("shop/all", new { scope = "region:eu-9", composite = "ALARM(shop/errors)" })).StatusCode);
        var shown = await _client.GetFromJsonAsync<JsonElement>("/api/v1/alarms/shop/errors");
        Assert.Equal(("INSUFFICIENT_DATA", "az:eu-9a", false), (shown.GetProperty("alarm").GetProperty("state").GetString(), shown.GetProperty("alarm").GetProperty("scope").GetString(), shown.GetProperty("evaluated").GetBoolean()));
        Assert.Equal("eu-9", _console.States.Get<AlarmGroup>(AlarmStreams.Of("shop")).Alarms["errors"].Definition.Scope.Region);

        (string Name, object Body, HttpStatusCode Status, string Code)[] wrong =
        [
            ("shop/a", new { scope = "az:mars", streams = "errors", threshold = 5 }, HttpStatusCode.NotFound, "alarms.unknown-scope"),
            ("shop/a", new { scope = "global", streams = "errors{colour=red}", threshold = 5 }, HttpStatusCode.BadRequest, "alarms.invalid"),
            ("shop/a", new { scope = "global", streams = "errors", threshold = 5, bad = 4, of = 3 }, HttpStatusCode.BadRequest, "alarms.invalid"),
            ("shop/a", new { scope = "global", composite = "ALARM(shop/nobody)" }, HttpStatusCode.BadRequest, "alarms.unknown-child"),
        ];
        foreach (var (name, body, status, code) in wrong)
        {
            var answer = await PutAsync(name, body);
            Assert.Equal((status, code), (answer.StatusCode, (await answer.JsonAsync()).GetProperty("code").GetString()));
        }

        Assert.Equal(HttpStatusCode.Conflict, (await _client.DeleteAsync(new Uri("/api/v1/alarms/shop/errors", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _client.DeleteAsync(new Uri("/api/v1/alarms/shop", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(new Uri("/api/v1/alarms/shop/errors", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Numbers_are_taken_all_or_none_and_read_again()
    {
        var now = DateTimeOffset.UnixEpoch.AddSeconds(Math.Floor((TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds) - 70);
        var taken = await (await _client.PostAsJsonAsync("/api/v1/metrics", new { points = new[] { new { stream = "requests{service=shop,az=eu-9a}", value = 12.0, at = now }, new { stream = "requests{service=shop,az=eu-9b}", value = 30.0, at = now } } })).JsonAsync();
        Assert.Equal((2, 0), (taken.GetProperty("accepted").GetInt32(), taken.GetProperty("dropped").GetInt32()));
        var answer = await _client.GetFromJsonAsync<JsonElement>("/api/v1/metrics/query?streams=requests{service=shop}&statistic=sum&by=az&minutes=30");
        Assert.Equal([12, 30], answer.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("values").EnumerateArray().Where(value => value.ValueKind == JsonValueKind.Number).Sum(value => value.GetDouble())));

        Assert.Equal(HttpStatusCode.BadRequest, (await _client.PostAsJsonAsync("/api/v1/metrics", new { points = new[] { new { stream = "good", value = 1 }, new { stream = "Not Good", value = 1 } } })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await _client.PostAsync(Otlp, new StringContent("{\"resourceMetrics\": 5}", System.Text.Encoding.UTF8, "application/json"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await _client.PostAsync(Otlp, new ByteArrayContent([1]) { Headers = { { "Content-Type", "text/plain" } } })).StatusCode);
        Assert.Empty((await _client.GetFromJsonAsync<JsonElement>("/api/v1/metrics/streams?metric=good")).EnumerateArray());
        using var stranger = new HttpClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PostAsJsonAsync(new Uri($"{_console.Url}/api/v1/metrics"), new { points = Array.Empty<object>() })).StatusCode);
    }

    /// <summary>The same path takes protobuf too, packed or not, and answers in kind.</summary>
    [Fact]
    public async Task Otlp_is_taken_in_protobuf_and_packed()
    {
        var now = (ulong)(TimeProvider.System.GetUtcNow().AddSeconds(-5) - DateTimeOffset.UnixEpoch).Ticks * 100;
        byte[] Body(string host) => new ProtoText().Inner(1, new ProtoText().Inner(2, new ProtoText().Inner(2, new ProtoText().Text(1, "wire-depth").Inner(5, new ProtoText().Inner(1, new ProtoText().Real(4, 7).Fixed(3, now).Inner(7, new ProtoText().Text(1, "host").Inner(2, new ProtoText().Text(1, host)))))))).Bytes;
        using var packed = new MemoryStream();
        await using (var zip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            await zip.WriteAsync(Body("h2"));
        }

        Assert.Equal((HttpStatusCode.OK, 0), await SendAsync(Body("h1")));
        Assert.Equal((HttpStatusCode.OK, 0), await SendAsync(packed.ToArray(), "gzip"));
        var some = await SendAsync(Body("h 3"));
        Assert.True(some is { Status: HttpStatusCode.OK, Length: > 10 }, "one point was not taken, and nothing said so");
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync([10, 99, 1])).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(Body("h4"), "gzip")).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await SendAsync(Body("h4"), "br")).Status);
        Assert.Equal(["wire-depth{host=h1}", "wire-depth{host=h2}"], (await _client.GetFromJsonAsync<string[]>("/api/v1/metrics/streams?metric=wire-depth"))!);
    }

    /// <summary>OTLP/HTTP: an error's body is a <c>Status</c>, in protobuf where the request was; also of refusals made before the path is reached.</summary>
    [Fact]
    public async Task Refusals_of_protobuf_are_in_protobuf_and_those_of_json_in_json()
    {
        using var stranger = _console.Client();
        using var viewer = _console.Client(await _console.TokenAsync(("Viewer", "global")));
        byte[] body = new ProtoText().Inner(1, new ProtoText().Inner(2, new ProtoText().Inner(2, new ProtoText().Text(1, "wire-depth").Inner(5, new ProtoText().Inner(1, new ProtoText().Real(4, 7)))))).Bytes;
        (HttpClient Client, byte[] Body, string? Packed, HttpStatusCode Status, ulong Code, string Word)[] cases =
        [
            (stranger, body, null, HttpStatusCode.Unauthorized, 16, "access.no-credentials"),
            (viewer, body, null, HttpStatusCode.Forbidden, 7, "access."),
            (_client, body, "br", HttpStatusCode.UnsupportedMediaType, 3, "metrics.otlp-packed"),
            (_client, [10, 99, 1], null, HttpStatusCode.BadRequest, 3, "metrics.otlp"),
            (_client, new byte[(4 << 20) + 1], null, HttpStatusCode.RequestEntityTooLarge, 8, "api.body-too-large"),
        ];
        foreach (var (client, content, packed, status, code, word) in cases)
        {
            using var sent = new ByteArrayContent(content) { Headers = { ContentType = new("application/x-protobuf") } };
            sent.Headers.ContentEncoding.Add(packed ?? "identity");
            using var answer = await client.PostAsync(Otlp, sent);
            var wire = await answer.Content.ReadAsByteArrayAsync();
            Assert.Equal((status, "application/x-protobuf"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.Equal([8, (byte)code, 18], wire[..3]);
            Assert.Contains(word, System.Text.Encoding.UTF8.GetString(wire), StringComparison.Ordinal);
        }

        using var json = await stranger.PostAsync(Otlp, new StringContent("{}", System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json", "Bearer"), (json.StatusCode, json.Content.Headers.ContentType?.MediaType, json.Headers.WwwAuthenticate.ToString()));
    }

    [Fact]
    public async Task A_band_is_put_over_http_and_beside_a_threshold_refused()
    {
        Assert.Equal(HttpStatusCode.OK, (await PutAsync("shop/odd", new { scope = "region:eu-9", streams = "requests{region=eu-9}", statistic = "sum", band = new { width = 4, side = "Below", leastSpread = 2 }, bad = 2, of = 3 })).StatusCode);
        Assert.Equal(BandSide.Below, _console.States.Get<AlarmGroup>(AlarmStreams.Of("shop")).Alarms["odd"].Definition.Rule!.Band!.Side);
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync("shop/b", new { scope = "global", streams = "requests", threshold = 5, band = new { width = 4 } })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync("shop/b", new { scope = "global", streams = "requests", band = new { width = 0.1 } })).StatusCode);
        Assert.Equal(0, (await VerbAsync("alarm", "show", "shop/odd")).Exit);
    }

    [Fact]
    public async Task The_audit_names_what_is_missing_and_the_starter_set_fills_it()
    {
        var now = TimeProvider.System.GetUtcNow();
        await _client.PostAsJsonAsync("/api/v1/metrics", new { points = from az in new[] { "eu-9a", "eu-9b" } from metric in new[] { "requests", "healthy" } from back in Enumerable.Range(1, 20) select new { stream = $"{metric}{{service=shop,partition=commercial,region=eu-9,az={az}}}", value = 1.0, at = now.AddSeconds(-back) } });
        var (exit, output, error) = await VerbAsync("alarm", "starter", "shop");
        Assert.True(exit == 0, error);
        Assert.Contains("availability-eu-9b", output, StringComparison.Ordinal);
        Assert.Contains("latency", output, StringComparison.Ordinal);
        var found = await _client.GetFromJsonAsync<JsonElement>("/api/v1/alarms/audit?service=shop");
        Assert.All(found.EnumerateArray(), finding => Assert.NotEqual("LacksEssential", finding.GetProperty("kind").GetString()));
        Assert.Equal(5, _console.States.Get<AlarmGroup>(AlarmStreams.Of("shop")).Alarms.Count);
        Assert.Equal(1, (await VerbAsync("alarm", "starter", "nobody")).Exit);
        Assert.Equal(0, (await VerbAsync("alarm", "list", "--group", "shop")).Exit);
        Assert.Equal(0, (await VerbAsync("metric", "list")).Exit);
    }

    private async Task<(HttpStatusCode Status, int Length)> SendAsync(byte[] body, string? encoding = null)
    {
        using var content = new ByteArrayContent(body) { Headers = { { "Content-Type", "application/x-protobuf" } } };
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        using var answer = await _client.PostAsync(Otlp, content);
        return (answer.StatusCode, (await answer.Content.ReadAsByteArrayAsync()).Length);
    }

    private Task<HttpResponseMessage> PutAsync(string name, object body) => _client.PutAsJsonAsync(new Uri($"/api/v1/alarms/{name}", UriKind.Relative), body);

    private async Task<(int Exit, string Output, string Error)> VerbAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await Verbs.RunAsync([.. args, "--url", _console.Url, "--token", _console.AdminToken], output, error);
        return (exit, output.ToString(), error.ToString());
    }
}
