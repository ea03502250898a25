using System.Text.Json;
using System.Text.Json.Serialization;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Engine.Reservations.Authorities;

/// <summary>What a service is asked: may this host go, with all of these gone for good?</summary>
/// <param name="Ledger">Version of the charges the answer will count for.</param>
/// <param name="Gone">Hosts of the service that are charged or out of service.</param>
/// <param name="Lost">Those of them that nobody expects back by itself: the steady tier counts these alone.</param>
internal sealed record WebhookQuestion(string Region, string Host, string Service, string Tier, bool Unhealthy, long Ledger, string[] Gone, string[] Lost)
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    public static WebhookQuestion Of(SafetyQuestion question)
    {
        string[] gone = [.. question.Fleet.Hosts.Values.Where(host => host.Service == question.Host.Service && question.Gone(host.Id)).Select(host => host.Id).Order(StringComparer.Ordinal)];
        return new(question.Fleet.Region, question.Host.Id, question.Host.Service, question.Tier.ToString(), question.Unhealthy, question.Held.Ledger, gone, [.. gone.Where(question.Lost)]);
    }
}

/// <summary>What a service answers. All but <paramref name="Epoch"/> and <paramref name="Safe"/> may be left out.</summary>
/// <param name="Conflict">What it does with the host's data that must end first.</param>
/// <param name="Steady">A set of the host's that does not hold its steady tier; left out where all do, or there is none.</param>
/// <param name="Bytes">What its hosts hold and have free.</param>
internal sealed record WebhookSaid(
    long Epoch, bool Safe, double AgeSeconds = 0, string? Conflict = null, int? Slack = null, string? Set = null, string[]? Blocking = null, bool Never = false, WebhookSteady? Steady = null, BytesLine? Bytes = null)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    /// <summary>Null where it is no answer.</summary>
    public static WebhookSaid? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<WebhookSaid>(body, Json) is { AgeSeconds: >= 0 and < 1e9 } said && said.Bytes?.Problem() is null ? said : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public SafetyAnswer Answer() =>
        new(Epoch, TimeSpan.FromSeconds(AgeSeconds))
        {
            Conflict = Conflict,
            Slack = Slack,
            Objection = Safe ? null : Short(Set, Slack, Blocking, Never),
            Steady = Steady is null ? null : Short(Steady.Set, Steady.Slack, Steady.Blocking, Steady.Never),
        };

    private static PlacementObjection Short(string? set, int? slack, string[]? blocking, bool never) => new(set ?? "unnamed", slack is < 0 ? slack.Value : -1, [.. blocking ?? []], never);
}

/// <summary>A set that is not whole enough while nobody works.</summary>
/// <param name="Never">It would not be with every host there.</param>
internal sealed record WebhookSteady(string? Set = null, int? Slack = null, string[]? Blocking = null, bool Never = false);
