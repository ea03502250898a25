using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Engine.Rollouts.Notifications;
using OpsConsole.Tests.World;
using OpsConsole.Web;

namespace OpsConsole.Tests.Rollouts.Notifications;

/// <summary>Subscriptions of a whole console, over HTTP and by verbs, with receivers on loopback.</summary>
[Trait("Category", "Integration")]
public sealed class NotificationApiTests : IAsyncLifetime
{
    private const string Key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private readonly RolloutConsole _world = new();
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        await _world.InitializeAsync();
        _client = _world.Console.Admin();
    }

    public Task DisposeAsync()
    {
        _client.Dispose();
        return _world.DisposeAsync();
    }

    [Fact]
    public async Task A_rollout_tells_a_webhook_each_transition_once_and_signed()
    {
        await using var receiver = await LoopbackReceiver.StartAsync((_, _, _) => Task.CompletedTask);
        await SetAsync("ops", new { channel = "Webhook", url = receiver.Url, signingKey = Key });
        Assert.True((await _client.PutAsJsonAsync("/api/v1/notifications/address", new { address = "https://console.example/" })).IsSuccessStatusCode);
        var id = await _world.StartAsync(_client, "quick");
        await _world.UntilAsync(_client, id, summary => summary.GetProperty("status").GetString() is "Completed");
        await UntilAsync(() => receiver.All.Count >= 3);

        var bodies = receiver.All.Select(received => JsonDocument.Parse(received.Body).RootElement).ToArray();
        Assert.Equal(["rollout.Started", "rollout.StageBegan", "rollout.Completed"], bodies.Select(body => body.GetProperty("type").GetString()));
        Assert.All(receiver.All, IsSigned);
        Assert.Equal($"https://console.example/rollouts/{id}?moment=1", bodies[0].GetProperty("data").GetProperty("link").GetString());
        Assert.True(bodies[0].GetProperty("data").GetProperty("notice").TryGetProperty("simulated", out _));
        await UntilAsync(() => Deliveries("ops").Count(delivery => delivery.State == DeliveryState.Delivered) == 3);
        var deliveries = (await _client.GetFromJsonAsync<JsonElement>($"/api/v1/notifications/deliveries?rollout={id}&state=Delivered")).GetProperty("deliveries").EnumerateArray().ToArray();
        Assert.Equal(receiver.All.Select(received => received.Headers["webhook-id"]).Order(), deliveries.Select(delivery => delivery.GetProperty("id").GetString()!).Order());
    }

    [Fact]
    public async Task A_webhook_that_answers_500_twice_gets_the_same_message_a_third_time_and_no_fourth()
    {
        await using var receiver = await LoopbackReceiver.StartAsync((http, _, count) =>
        {
            http.Response.StatusCode = count <= 2 ? 500 : 200;
            return Task.CompletedTask;
        });
        await SetAsync("ops", new { channel = "Webhook", url = receiver.Url, signingKey = Key });
        await TestAsync("ops");
        await UntilAsync(() => receiver.All.Count == 3);
        await UntilAsync(() => Deliveries("ops").All(delivery => delivery.State == DeliveryState.Delivered));
        await Task.Delay(500);

        Assert.Equal(3, receiver.All.Count);
        Assert.Single(receiver.All.Select(received => received.Headers["webhook-id"]).Distinct());
        Assert.Equal(3, receiver.All.Select(received => received.Headers["webhook-timestamp"]).Distinct().Count());
        Assert.All(receiver.All, IsSigned);
        var delivery = Assert.Single(Deliveries("ops"));
        Assert.Equal((3, "answered 200"), (delivery.Attempts, delivery.Detail));
    }

    [Fact]
    public async Task No_secret_is_in_an_answer_the_audit_or_the_journal_and_after_a_restart_messages_still_go()
    {
        await using var receiver = await LoopbackReceiver.StartAsync((_, _, _) => Task.CompletedTask);
        var made = await SetAsync("made", new { channel = "Webhook", url = receiver.Url + "/hook?token=query-secret" });
        var key = made.GetProperty("signingKey").GetString()!;
        Assert.NotNull(WebhookSignature.Bytes(key));
        var set = await SetAsync("chat", new { channel = "Slack", url = receiver.Url + "/services/path-secret" });
        Assert.Equal(JsonValueKind.Null, set.TryGetProperty("signingKey", out var none) ? none.ValueKind : JsonValueKind.Null);
        await SetAsync("mail", new { channel = "Smtp", mail = new { host = "mail.example.com", port = 465, security = "Tls", from = "c@example.com", to = new[] { "o@example.com" }, user = "console", password = "mail-secret" } });

        string[] secrets = ["query-secret", "path-secret", "mail-secret", key];
        var seen = await _client.GetStringAsync(new Uri("/api/v1/notifications", UriKind.Relative)) + await _client.GetStringAsync(new Uri("/api/v1/audit?take=500", UriKind.Relative)) + await _client.GetStringAsync(new Uri("/api/v1/notifications/deliveries", UriKind.Relative));
        Assert.Contains("mail.example.com", seen, StringComparison.Ordinal);
        await _world.Console.RestartAsync(() =>
        {
            var disk = string.Concat(Directory.GetFiles(_world.Console.DataFolder, "journal.db*").Select(path => Encoding.Latin1.GetString(File.ReadAllBytes(path))));
            Assert.Contains("mail.example.com", disk, StringComparison.Ordinal);
            Assert.All(secrets, secret => Assert.False((seen + disk).Contains(secret, StringComparison.Ordinal), $"{secret} can be read"));
            return Task.CompletedTask;
        });
        _client.Dispose();
        _client = _world.Console.Admin();
        await TestAsync("chat");
        await TestAsync("made");
        await UntilAsync(() => receiver.All.Count == 2);
        Assert.Equal(["/hook", "/services/path-secret"], receiver.All.Select(received => received.Path).Order());
    }

    [Fact]
    public async Task The_same_Idempotency_Key_again_is_answered_and_shows_no_key_that_is_not_kept()
    {
        async Task<JsonElement> PutAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/notifications/ops") { Content = JsonContent.Create(new { channel = "Webhook", url = "https://receiver.example/" }) };
            request.Headers.Add("Idempotency-Key", "once");
            var answer = await _client.SendAsync(request);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            return await answer.JsonAsync();
        }

        var (first, second) = (await PutAsync(), await PutAsync());
        Assert.StartsWith("whsec_", first.GetProperty("signingKey").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, second.TryGetProperty("signingKey", out var key) ? key.ValueKind : JsonValueKind.Null);
        Assert.Equal(first.GetProperty("version").GetInt64(), second.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task What_is_left_out_stays_and_a_password_goes_to_no_other_server()
    {
        await using var receiver = await LoopbackReceiver.StartAsync((_, _, _) => Task.CompletedTask);
        await SetAsync("ops", new { channel = "Webhook", url = receiver.Url + "/one", signingKey = Key });
        var changed = await SetAsync("ops", new { channel = "Webhook", remindMinutes = 30, scopes = new[] { "service:web" } });
        Assert.False(changed.TryGetProperty("signingKey", out var key) && key.ValueKind == JsonValueKind.String);
        await TestAsync("ops");
        await UntilAsync(() => receiver.All.Count == 1);
        IsSigned(receiver.All.First());

        object Mail(string host, string? password) => new { channel = "Smtp", mail = new { host, from = "c@example.com", to = new[] { "o@example.com" }, user = "console", password } };
        await SetAsync("mail", Mail("mail.example.com", "mail-secret"));
        await SetAsync("mail", Mail("mail.example.com", null));
        var refused = await (await _client.PutAsJsonAsync("/api/v1/notifications/mail", Mail("other.example.com", null))).IsProblemAsync(HttpStatusCode.BadRequest, "notification.invalid");
        Assert.Equal("password", refused.GetProperty("evidence").GetProperty("field").GetString());
    }

    [Fact]
    public async Task Only_an_Admin_of_all_it_hears_of_sets_and_removes_it()
    {
        var body = new { channel = "Webhook", url = "https://receiver.example/" };
        foreach (var role in new[] { "Viewer", "Operator", "Approver" })
        {
            using var client = _world.Console.Client(await _world.Console.TokenAsync((role, "global")));
            await (await client.PutAsJsonAsync("/api/v1/notifications/ops", body)).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/api/v1/notifications", UriKind.Relative))).StatusCode);
        }

        using var web = _world.Console.Client(await _world.Console.TokenAsync(("Admin", "service:web")));
        await (await web.PutAsJsonAsync("/api/v1/notifications/ops", body)).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
        Assert.True((await web.PutAsJsonAsync("/api/v1/notifications/web", new { channel = "Webhook", url = "https://receiver.example/", scopes = new[] { "service:web" } })).IsSuccessStatusCode);
        await SetAsync("ops", body);
        await (await web.DeleteAsync(new Uri("/api/v1/notifications/ops?reason=mine", UriKind.Relative))).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
        Assert.True((await web.DeleteAsync(new Uri("/api/v1/notifications/web?reason=mine", UriKind.Relative))).IsSuccessStatusCode);
        using var stranger = _world.Console.Client();
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(new Uri("/api/v1/notifications", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("{\"channel\":\"Webhook\"}", "notification.invalid")]
    [InlineData("{\"channel\":\"Webhook\",\"url\":\"gopher://x\"}", "notification.invalid")]
    [InlineData("{\"channel\":\"Webhook\",\"url\":\"https://x.example\",\"signingKey\":\"short\"}", "notification.invalid")]
    [InlineData("{\"channel\":\"Webhook\",\"url\":\"https://x.example\",\"remindMinutes\":1}", "notification.invalid")]
    [InlineData("{\"channel\":\"Webhook\",\"url\":\"https://x.example\",\"remindMinutes\":1e300}", "notification.invalid")]
    [InlineData("{\"channel\":\"Webhook\",\"url\":\"https://x.example\",\"transitions\":[\"Test\"]}", "notification.invalid")]
    [InlineData("{\"channel\":\"Webhook\",\"url\":\"https://x.example\",\"scopes\":[\"region:mars\"]}", "notification.unknown-scope")]
    [InlineData("{\"channel\":\"Smtp\"}", "notification.invalid")]
    [InlineData("{\"channel\":\"Smtp\",\"mail\":{\"host\":\"m.example\",\"port\":25}}", "api.json")]
    [InlineData("{\"channel\":\"Smtp\",\"mail\":{\"host\":\"m.example\",\"from\":\"a@b.c\",\"to\":[\"x@y.z\\r\\nBcc: v@y.z\"]}}", "notification.invalid")]
    [InlineData("{\"channel\":\"Pigeon\",\"url\":\"https://x.example\"}", null)]
    [InlineData("{}", "api.json")]
    public async Task Bad_input_gets_a_clear_error_and_changes_nothing(string body, string? code)
    {
        var answer = await _client.PutAsync(new Uri("/api/v1/notifications/n", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.InRange((int)answer.StatusCode, 400, 404);
        Assert.True(code is null || code == (await answer.JsonAsync()).GetProperty("code").GetString(), await answer.Content.ReadAsStringAsync());
        Assert.Empty((await _client.GetFromJsonAsync<JsonElement>("/api/v1/notifications")).GetProperty("subscriptions").EnumerateArray());
    }

    [Fact]
    public async Task The_verbs_do_what_the_page_does()
    {
        await using var receiver = await LoopbackReceiver.StartAsync((_, _, _) => Task.CompletedTask);
        var set = await AskAsync("notification", "set", "ops", "Webhook", "--target", receiver.Url, "--scope", "service:web", "--transition", "ApprovalAsked", "--transition", "Asks", "--remind-minutes", "30");
        Assert.True(set.Exit == 0, set.Error);
        Assert.Contains("Signing key, shown this once: whsec_", set.Output, StringComparison.Ordinal);
        Assert.Contains("ApprovalAsked, Asks", (await AskAsync("notification", "list")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await AskAsync("notification", "address", "https://console.example")).Exit);
        Assert.Equal(0, (await AskAsync("notification", "test", "ops")).Exit);
        await UntilAsync(() => Deliveries("ops").Any(delivery => delivery.State == DeliveryState.Delivered));
        Assert.Contains("Delivered", (await AskAsync("notification", "deliveries", "--subscription", "ops")).Output, StringComparison.Ordinal);
        var json = JsonDocument.Parse((await AskAsync("notification", "deliveries", "--state", "Undelivered", "--json")).Output).RootElement;
        Assert.Equal(0, json.GetProperty("deliveries").GetArrayLength());
        Assert.Equal(1, (await AskAsync("notification", "test", "nobody")).Exit);
        Assert.Equal(2, (await AskAsync("notification", "set", "ops", "Webhook", "--scope", "mars")).Exit);
        Assert.Equal(2, (await AskAsync("notification", "remove", "ops")).Exit);
        Assert.Equal(0, (await AskAsync("notification", "remove", "ops", "--reason", "over")).Exit);
    }

    private static void IsSigned(LoopbackReceiver.Received received) =>
        Assert.Equal(WebhookSignature.Sign(WebhookSignature.Bytes(Key)!, received.Headers["webhook-id"], long.Parse(received.Headers["webhook-timestamp"], CultureInfo.InvariantCulture), received.Body), received.Headers["webhook-signature"]);

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var i = 0; i < 600 && !holds(); i++)
        {
            await Task.Delay(100);
        }

        Assert.True(holds(), "it did not come so far within a minute");
    }

    private IReadOnlyList<DeliveryLine> Deliveries(string subscription) => DeliveryLine.List(_world.States, subscription, null, null, 100);

    private async Task<JsonElement> SetAsync(string name, object body)
    {
        var answer = await _client.PutAsJsonAsync($"/api/v1/notifications/{name}", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }

    private async Task TestAsync(string name) => Assert.True((await _client.PostAsync(new Uri($"/api/v1/notifications/{name}/test", UriKind.Relative), null)).IsSuccessStatusCode);

    private async Task<(int Exit, string Output, string Error)> AskAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await Verbs.RunAsync([.. args, "--url", _world.Console.Url, "--token", _world.Console.AdminToken], output, error);
        return (exit, output.ToString(), error.ToString());
    }
}
