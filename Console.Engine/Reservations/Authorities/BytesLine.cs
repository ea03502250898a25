using System.Text.Json;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Engine.Reservations.Authorities;

/// <summary>What a service's hosts hold and have free, as it is written down. All may be left out.</summary>
/// <param name="Each">Of every host that is not named.</param>
/// <param name="Hosts">By host.</param>
/// <param name="RepairPerSecond">Bytes that an AZ rebuilds in a second.</param>
/// <param name="RepairWithinSeconds">In which what is lost in an AZ must be rebuilt; together with the pace.</param>
public sealed record BytesLine(HostBytes? Each = null, Dictionary<string, HostBytes>? Hosts = null, double? RepairPerSecond = null, double? RepairWithinSeconds = null)
{
    /// <summary>Sums of a whole AZ stay exact.</summary>
    private const long Most = 1L << 52;

    private const double LongestSeconds = 10 * 365.25 * 86_400;

    public string? Problem() =>
        Each is null && Hosts is not { Count: > 0 } ? "bytes must say what each host holds, or hosts by name"
        : Wrong(Each) ? "bytes of each are not from 0 to 2^52"
        : Hosts?.FirstOrDefault(host => HostRules.NameProblem(host.Key) is not null || Wrong(host.Value)) is { Key: { } odd } ? $"bytes of '{odd}' are not from 0 to 2^52, or it is no host's name"
        : RepairPerSecond is null != RepairWithinSeconds is null ? "bytes must say both repairPerSecond and repairWithinSeconds, or neither"
        : RepairPerSecond is <= 0 or > Most or double.NaN || RepairWithinSeconds is <= 0 or > LongestSeconds or double.NaN ? "repairPerSecond and repairWithinSeconds must be over 0, and a time at most ten years"
        : null;

    public StoredBytes Stated() =>
        new(Each, Hosts ?? []) { RepairPerSecond = RepairPerSecond, RepairWithin = RepairWithinSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null };

    /// <summary>Two that say the same are the same text.</summary>
    internal string Text() => JsonSerializer.Serialize(this);

    private static bool Wrong(HostBytes? one) => one is { Stored: < 0 or > Most } or { Free: < 0 or > Most };
}
