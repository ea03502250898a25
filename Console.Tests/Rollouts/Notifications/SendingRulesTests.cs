using System.Net;
using System.Text;
using System.Text.Json;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Engine.Rollouts.Notifications;

namespace OpsConsole.Tests.Rollouts.Notifications;

/// <summary>Signatures, addresses and texts, without a network.</summary>
public sealed class SendingRulesTests
{
    /// <summary>The vector that the reference implementations of Standard Webhooks test themselves with.</summary>
    [Fact]
    public void Signatures_are_those_of_Standard_Webhooks() =>
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", WebhookSignature.Sign(WebhookSignature.Bytes("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, Encoding.UTF8.GetBytes("{\"test\": 2432232314}")));

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", true)]
    [InlineData("whsec_c2hvcnQ=", false)]
    [InlineData("whsec_not base64!", false)]
    [InlineData("", false)]
    public void Keys_are_base64_of_24_to_64_bytes(string key, bool good) => Assert.Equal(good, WebhookSignature.Bytes(key) is not null);

    [Fact]
    public void Keys_that_are_made_are_keys_and_never_the_same() =>
        Assert.Equal(100, Enumerable.Range(0, 100).Select(_ => WebhookSignature.NewKey()).Where(key => WebhookSignature.Bytes(key) is { Length: 32 }).Distinct().Count());

    [Theory]
    [InlineData("93.184.216.34", false, true)]
    [InlineData("93.184.216.34", true, false)]
    [InlineData("10.1.2.3", true, true)]
    [InlineData("fd00::7", true, true)]
    [InlineData("127.0.0.1", false, false)]
    [InlineData("::1", false, false)]
    [InlineData("::ffff:127.0.0.1", false, false)]
    [InlineData("169.254.169.254", false, false)]
    [InlineData("::ffff:169.254.169.254", false, false)]
    [InlineData("fe80::1", false, false)]
    [InlineData("0.0.0.0", false, false)]
    [InlineData("::", false, false)]
    [InlineData("224.0.0.1", false, false)]
    [InlineData("255.255.255.255", false, false)]
    public void Some_addresses_are_never_reached_and_public_ones_with_TLS_only(string address, bool clear, bool may) =>
        Assert.Equal(may, TargetPolicy.Refusal(IPAddress.Parse(address), clear, allowLoopback: false) is null);

    [Fact]
    public void Loopback_is_reached_where_the_console_was_started_so() => Assert.Null(TargetPolicy.Refusal(IPAddress.Loopback, true, allowLoopback: true));

    [Fact]
    public void What_people_wrote_does_not_become_markup_in_Slack_and_nothing_is_longer_than_Slack_takes()
    {
        var content = new NoticeContent($"title {new string('t', 300)}", TransitionKind.Asks, DateTimeOffset.UnixEpoch, "/rollouts/r1?moment=3", false) { Why = $"<!channel> & <https://evil.example|click> {new string('x', 5_000)}" };
        var body = JsonSerializer.SerializeToElement(SlackChannel.Body(new("msg_1", new("chat", Channel.Slack, "x"), content, "https://console.example/rollouts/r1?moment=3")));
        var texts = body.GetProperty("blocks").EnumerateArray().Where(block => block.TryGetProperty("text", out _)).Select(block => block.GetProperty("text").GetProperty("text").GetString()!).ToArray();
        Assert.Contains("&lt;!channel&gt; &amp; &lt;https", texts[1], StringComparison.Ordinal);
        Assert.DoesNotContain("<!channel>", body.ToString(), StringComparison.Ordinal);
        Assert.Contains("<https://console.example/rollouts/r1?moment=3|", texts[2], StringComparison.Ordinal);
        Assert.True(texts[0].Length <= 150 && texts[1].Length <= 3_000);
    }
}
