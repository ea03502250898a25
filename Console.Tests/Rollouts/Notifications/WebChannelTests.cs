using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Engine.Rollouts.Notifications;

namespace OpsConsole.Tests.Rollouts.Notifications;

/// <summary>Webhooks and Slack against real servers on loopback, good ones and bad ones.</summary>
[Trait("Category", "Integration")]
public sealed class WebChannelTests : IDisposable
{
    private const string Key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static readonly NoticeContent Content = new("web 2.0 (r1) is being rolled back", TransitionKind.RollbackBegan, new(2026, 1, 5, 3, 0, 0, TimeSpan.Zero), "/rollouts/r1?moment=3", false)
    {
        Rollout = "r1", Service = "web", Release = "2.0", Stage = "rest", Where = "eu, us", By = "gate", Evidence = "errors: error-rate in eu was 0.4, at most 0.01", Wait = new("its rollback r1-rb", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, "the rollback r1-rb", "it is rolled back"),
    };

    private readonly SubscriptionSecrets _secrets = new(new EphemeralDataProtectionProvider());
    private readonly WebPost _post = new(new() { AllowLoopback = true, WebTimeout = TimeSpan.FromSeconds(2) }, TimeProvider.System);

    public void Dispose() => _post.Dispose();

    [Fact]
    public async Task A_receiver_can_tell_that_a_message_is_ours_and_unchanged_and_reads_all_of_it()
    {
        await using var receiver = await LoopbackReceiver.StartAsync((http, _, _) => Task.CompletedTask);
        var outcome = await WebhookAsync(receiver.Url + "/hook?token=7");
        Assert.Equal((true, "answered 200"), (outcome.Accepted, outcome.Detail));

        var received = Assert.Single(receiver.All);
        Assert.Equal(("msg_1", "application/json; charset=utf-8"), (received.Headers["webhook-id"], received.Headers["Content-Type"]));
        var timestamp = long.Parse(received.Headers["webhook-timestamp"], CultureInfo.InvariantCulture);
        Assert.InRange(timestamp, DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 60, DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 60);
        Assert.Equal(WebhookSignature.Sign(WebhookSignature.Bytes(Key)!, "msg_1", timestamp, received.Body), received.Headers["webhook-signature"]);
        Assert.NotEqual(WebhookSignature.Sign(WebhookSignature.Bytes(Key)!, "msg_1", timestamp + 1, received.Body), received.Headers["webhook-signature"]);

        var body = JsonDocument.Parse(received.Body).RootElement;
        Assert.Equal("rollout.RollbackBegan", body.GetProperty("type").GetString());
        var data = body.GetProperty("data");
        Assert.Equal(("msg_1", "https://console.example/rollouts/r1?moment=3"), (data.GetProperty("id").GetString(), data.GetProperty("link").GetString()));
        Assert.Equal("errors: error-rate in eu was 0.4, at most 0.01", data.GetProperty("notice").GetProperty("evidence").GetString());
        Assert.Equal("the rollback r1-rb", data.GetProperty("notice").GetProperty("wait").GetProperty("who").GetString());
    }

    [Theory]
    [InlineData(500, "answered 500: no disk")]
    [InlineData(404, "answered 404: no disk")]
    [InlineData(302, "answered 302: redirects are not followed, give the address it redirects to")]
    public async Task Every_other_answer_is_a_failure_and_no_redirect_is_followed(int status, string detail)
    {
        await using var elsewhere = await LoopbackReceiver.StartAsync((_, _, _) => Task.CompletedTask);
        await using var receiver = await LoopbackReceiver.StartAsync(async (http, _, _) =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = elsewhere.Url;
            await http.Response.WriteAsync("no\ndisk");
        });
        var outcome = await WebhookAsync(receiver.Url);
        Assert.Equal((false, detail, false, (TimeSpan?)null), (outcome.Accepted, outcome.Detail, outcome.Never, outcome.NotBefore));
        Assert.Empty(elsewhere.All);
    }

    [Fact]
    public async Task A_receiver_says_when_to_come_again_and_when_never_to()
    {
        await using var receiver = await LoopbackReceiver.StartAsync((http, _, count) =>
        {
            (http.Response.StatusCode, http.Response.Headers.RetryAfter) = count switch { 1 => (429, "120"), 2 => (503, "999999"), _ => (410, "") };
            return Task.CompletedTask;
        });
        Assert.Equal(TimeSpan.FromMinutes(2), (await WebhookAsync(receiver.Url)).NotBefore);
        Assert.Equal(TimeSpan.FromHours(1), (await WebhookAsync(receiver.Url)).NotBefore);
        Assert.True((await WebhookAsync(receiver.Url)).Never);
    }

    [Fact]
    public async Task A_receiver_that_hangs_is_left_when_its_time_is_over()
    {
        await using var receiver = await LoopbackReceiver.StartAsync((http, _, _) => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        var outcome = await WebhookAsync(receiver.Url);
        Assert.Equal((false, "no answer within 2 s"), (outcome.Accepted, outcome.Detail));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task Of_an_answer_of_100_MB_only_the_beginning_is_read(int status)
    {
        var over = new TaskCompletionSource<bool>();
        await using var receiver = await LoopbackReceiver.StartAsync(async (http, _, _) =>
        {
            http.Response.StatusCode = status;
            http.Response.ContentLength = 100_000_000;
            var left = new TaskCompletionSource();
            await using var told = http.RequestAborted.Register(left.SetResult);
            var chunk = new byte[100_000];
            Array.Fill(chunk, (byte)'a');
            try
            {
                // Who read it all would be there at the end: what is written to a closed connection is thrown away without a word.
                for (var n = 0; n < 999 && !left.Task.IsCompleted; n++)
                {
                    await http.Response.Body.WriteAsync(chunk, http.RequestAborted);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
            }

            over.TrySetResult(await Task.WhenAny(left.Task, Task.Delay(TimeSpan.FromSeconds(10))) == left.Task);
        });
        var outcome = await WebhookAsync(receiver.Url);
        Assert.Equal(status == 200, outcome.Accepted);
        Assert.InRange(outcome.Detail.Length, 10, 300);
        Assert.True(await over.Task.WaitAsync(TimeSpan.FromSeconds(30)), "the connection was kept to the end");
    }

    [Fact]
    public async Task Nothing_is_sent_to_this_machine_unless_it_was_started_so_and_nobody_there_is_a_failure()
    {
        await using var receiver = await LoopbackReceiver.StartAsync((_, _, _) => Task.CompletedTask);
        using var strict = new WebPost(new(), TimeProvider.System);
        foreach (var host in new[] { "127.0.0.1", "localhost", "[::1]", "0.0.0.0", "169.254.169.254" })
        {
            var outcome = await new WebhookChannel(strict, _secrets, TimeProvider.System).SendAsync(Letter(Channel.Webhook, $"http://{host}:{new Uri(receiver.Url).Port}/"), CancellationToken.None);
            Assert.False(outcome.Accepted);
            Assert.True(outcome.Detail.Contains("this machine itself", StringComparison.Ordinal) || outcome.Detail.Contains("reserved", StringComparison.Ordinal), outcome.Detail);
        }

        Assert.Empty(receiver.All);
        var gone = receiver.Url;
        await receiver.DisposeAsync();
        Assert.False((await WebhookAsync(gone)).Accepted);
    }

    [Fact]
    public async Task Slack_gets_the_text_and_the_blocks_it_takes()
    {
        await using var slack = await LoopbackReceiver.StartAsync(async (http, received, _) =>
        {
            var problem = SlackProblem(received.Body);
            http.Response.StatusCode = problem is null ? 200 : 400;
            await http.Response.WriteAsync(problem ?? "ok");
        });
        var outcome = await new SlackChannel(_post, _secrets).SendAsync(Letter(Channel.Slack, slack.Url + "/services/T0/B0/secret"), CancellationToken.None);
        Assert.True(outcome.Accepted, outcome.Detail);
        var received = Assert.Single(slack.All);
        Assert.Equal("/services/T0/B0/secret", received.Path);
        Assert.Equal("web 2.0 (r1) is being rolled back", JsonDocument.Parse(received.Body).RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_secret_whose_keys_are_gone_is_a_failure_that_says_so()
    {
        var other = new SubscriptionSecrets(new EphemeralDataProtectionProvider());
        var outcome = await new WebhookChannel(_post, other, TimeProvider.System).SendAsync(Letter(Channel.Webhook, "http://127.0.0.1:9/"), CancellationToken.None);
        Assert.Equal((false, true), (outcome.Accepted, outcome.Detail.Contains("keys are gone", StringComparison.Ordinal)));
    }

    /// <summary>What Slack itself refuses of the blocks used here.</summary>
    private static string? SlackProblem(byte[] body)
    {
        var root = JsonDocument.Parse(body).RootElement;
        if (!root.TryGetProperty("text", out var text) || string.IsNullOrEmpty(text.GetString()))
        {
            return "no_text";
        }

        foreach (var block in root.GetProperty("blocks").EnumerateArray())
        {
            var fits = block.GetProperty("type").GetString() switch
            {
                "header" => block.GetProperty("text").GetProperty("type").GetString() == "plain_text" && block.GetProperty("text").GetProperty("text").GetString()!.Length is > 0 and <= 150,
                "section" => block.GetProperty("text").GetProperty("type").GetString() is "mrkdwn" && block.GetProperty("text").GetProperty("text").GetString()!.Length is > 0 and <= 3_000,
                "context" => block.GetProperty("elements").GetArrayLength() is > 0 and <= 10,
                _ => false,
            };
            if (!fits)
            {
                return "invalid_blocks";
            }
        }

        return null;
    }

    private Task<SendOutcome> WebhookAsync(string url) => new WebhookChannel(_post, _secrets, TimeProvider.System).SendAsync(Letter(Channel.Webhook, url), CancellationToken.None);

    private Letter Letter(Channel channel, string url) => new("msg_1", new("ops", channel, "shown") { Secret = _secrets.Protect(new(url, Key, null)) }, Content, "https://console.example/rollouts/r1?moment=3");
}
