using System.Text.Json;
using System.Text.Json.Serialization;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Engine.Reservations.Authorities;

/// <summary>What a service is asked: may this host go, with all of these gone for good?</summary>
/// <param name="Ledger">Version of the charges the answer will count for.</param>
/// <param name="Gone">Hosts of the service that are charged or out of service.</param>
internal sealed record WebhookQuestion(string Region, string Host, string Service, string Tier, bool Unhealthy, long Ledger, string[] Gone)
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    public static WebhookQuestion Of(SafetyQuestion question) =>
        new(question.Fleet.Region, question.Host.Id, question.Host.Service, question.Tier.ToString(), question.Unhealthy, question.Held.Ledger, [.. question.Fleet.Hosts.Values.Where(host => host.Service == question.Host.Service && question.Gone(host.Id)).Select(host => host.Id).Order(StringComparer.Ordinal)]);
}

/// <summary>What a service answers. All but <paramref name="Epoch"/> and <paramref name="Safe"/> may be left out.</summary>
/// <param name="Conflict">What it does with the host's data that must end first.</param>
internal sealed record WebhookSaid(long Epoch, bool Safe, double AgeSeconds = 0, string? Conflict = null, int? Slack = null, string? Set = null, string[]? Blocking = null, bool Never = false)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    public static SafetyAnswer? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<WebhookSaid>(body, Json) is { AgeSeconds: >= 0 and < 1e9 } said
                ? new(said.Epoch, TimeSpan.FromSeconds(said.AgeSeconds))
                {
                    Conflict = said.Conflict,
                    Slack = said.Slack,
                    Objection = said.Safe ? null : new(said.Set ?? "unnamed", said.Slack is < 0 ? said.Slack.Value : -1, [.. said.Blocking ?? []], said.Never),
                }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
