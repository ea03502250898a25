using System.Text.Json;

namespace OpsConsole.Engine.Reservations.Authorities;

/// <summary>Where a service is asked over HTTP.</summary>
/// <param name="Url">http or https.</param>
/// <param name="Key">Shared key of the signatures, both ways: at least 24 characters.</param>
/// <param name="TimeoutMs">10 to 10,000; silence beyond it is no answer.</param>
public sealed record WebhookFile(Uri Url, string Key, int TimeoutMs = 2_000)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    public static (WebhookFile? Webhook, string? Problem) Read(Stream text)
    {
        try
        {
            var file = JsonSerializer.Deserialize<WebhookFile>(text, Json);
            return file?.Url is null || !file.Url.IsAbsoluteUri || file.Url.Scheme is not ("http" or "https") ? (null, "url must be an http or https address")
                : file.Key is not { Length: >= 24 and <= 200 } ? (null, "key must have 24 to 200 characters")
                : file.TimeoutMs is < 10 or > 10_000 ? (null, "timeoutMs must be from 10 to 10,000")
                : (file, null);
        }
        catch (JsonException e)
        {
            return (null, JsonWords.Of(e));
        }
    }
}
