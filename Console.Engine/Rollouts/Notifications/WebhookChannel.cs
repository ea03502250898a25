using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpsConsole.Domain.Rollouts.Notifications;

namespace OpsConsole.Engine.Rollouts.Notifications;

/// <summary>JSON by POST, signed, with the id that makes a second copy known.</summary>
public sealed class WebhookChannel(WebPost post, SubscriptionSecrets secrets, TimeProvider clock) : IChannelSender
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() }, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public async Task<SendOutcome> SendAsync(Letter letter, CancellationToken cancel)
    {
        if (secrets.Read(letter.To) is not { Url: { } url, SigningKey: { } key } || WebhookSignature.Bytes(key) is not { } bytes)
        {
            return SubscriptionSecrets.Unreadable;
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(new Message($"rollout.{letter.Content.Kind}", letter.Content.At, new(letter.Id, letter.To.Name, letter.Link, letter.Content)), Json);
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        return await post.PostAsync(
            url, body, [("webhook-id", letter.Id), ("webhook-timestamp", now.ToString(CultureInfo.InvariantCulture)), ("webhook-signature", WebhookSignature.Sign(bytes, letter.Id, now, body))], cancel).ConfigureAwait(false);
    }

    private sealed record Message(string Type, DateTimeOffset Timestamp, MessageData Data);

    private sealed record MessageData(string Id, string Subscription, string Link, NoticeContent Notice);
}
