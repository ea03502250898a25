using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Engine.Reservations.Authorities;

/// <summary>How many of a service's hosts may be out, as it is written down: <c>{"minAvailable": "34%"}</c> or <c>{"maxUnavailable": 2}</c>.</summary>
/// <param name="Unhealthy"><c>if-healthy-budget</c> (where none is named) or <c>always-allow</c>: when a host that does not serve may go.</param>
/// <param name="Per"><c>region</c> (where none is named) or <c>az</c>.</param>
public sealed record BudgetFile(JsonElement? MinAvailable = null, JsonElement? MaxUnavailable = null, string? Unhealthy = null, string? Per = null)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>The authority, or what is wrong with the text in a sentence for whoever wrote it.</summary>
    public static (BudgetAuthority? Authority, string? Problem) Read(Stream text, string service)
    {
        BudgetFile? file;
        try
        {
            file = JsonSerializer.Deserialize<BudgetFile>(text, Json);
        }
        catch (JsonException e)
        {
            return (null, JsonWords.Of(e));
        }

        return file is null ? (null, "it is empty")
            : file.MinAvailable is null == file.MaxUnavailable is null ? (null, "it must name either minAvailable or maxUnavailable")
            : file.Unhealthy is not (null or "if-healthy-budget" or "always-allow") ? (null, "unhealthy must be if-healthy-budget or always-allow")
            : file.Per is not (null or "region" or "az") ? (null, "per must be region or az")
            : Amount((file.MinAvailable ?? file.MaxUnavailable)!.Value) is not { } amount ? (null, "the amount must be a whole number from 0 to 1,000,000 or a share such as \"34%\"")
            : (new($"the budget of {service}", new DisruptionBudget(file.MinAvailable is null ? BudgetBound.MaxUnavailable : BudgetBound.MinAvailable, amount) { UnhealthyAlways = file.Unhealthy == "always-allow" }, file.Per == "az"), null);
    }

    public static BudgetAmount? Amount(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count is >= 0 and <= 1_000_000 ? new(count, Percent: false)
        : value.ValueKind == JsonValueKind.String && value.GetString()! is [.. var digits, '%'] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var share) && share <= 100 ? new(share, Percent: true)
        : null;
}
