using OpsConsole.Domain.ProvingGround.Patients;
using OpsConsole.Engine.ProvingGround;
using OpsConsole.Engine.ProvingGround.Gauges;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.ProvingGround;

/// <summary>What the page of the proving ground shows.</summary>
/// <param name="Exists">Whether there is one to show.</param>
/// <param name="Picture">Null before the first look at it.</param>
public sealed record GroundModel(bool Exists, GroundPicture? Picture)
{
    private const double MiB = 1024 * 1024;

    public int Running => Picture?.Hosts.Count(host => host.Pid is not null) ?? 0;

    public string Memory => Picture is null ? "–" : Bytes(Picture.Resident);

    /// <summary>Hosts by AZ, and last the processes that belong to none.</summary>
    public IEnumerable<IGrouping<string, HostPicture>> Places => (Picture?.Hosts ?? []).GroupBy(host => host.Az ?? "beside the AZs").OrderBy(place => place.All(host => host.Az is null)).ThenBy(place => place.Key, StringComparer.Ordinal);

    /// <summary>Extents by how many more shards they may lose, least first; only the kinds there are.</summary>
    public IEnumerable<(string Words, int Extents, StateKind Kind)> Slack =>
        (Picture?.Shards?.Extents ?? []).Select((extents, place) => place switch
        {
            0 => ("cannot be read now", extents, StateKind.Bad),
            1 => ("slack 0: one more shard gone and they cannot be read", extents, StateKind.Bad),
            5 => ("slack 4: whole", extents, StateKind.Ok),
            _ => ($"slack {place - 1}", extents, StateKind.Warn),
        }).Where(row => row.extents > 0);

    public static (StateKind Kind, string Word) State(HostPicture host) =>
        host switch
        {
            { Pid: null } => (StateKind.Bad, host.Illnesses.Any(illness => illness.Ailment == Ailment.Stopped) ? "stopped" : "down"),
            { Trouble: not null } => (StateKind.Bad, "no answer"),
            { Illnesses.IsEmpty: false } => (StateKind.Warn, "ill"),
            { Drained: true } => (StateKind.Warn, "drained"),
            _ => (StateKind.Ok, "runs"),
        };

    public static string Traffic(HostPicture host) =>
        host.Role != GroundRole.Web ? "" : host.P99Ms is { } p99 ? $"{host.RequestsPerSecond:0.0}/s, p99 {p99:0} ms" : "none";

    public static string Disk(HostPicture host) => host.ReadPerSecond + host.WrittenPerSecond < 1 ? "" : $"{Bytes(host.ReadPerSecond)}/s in, {Bytes(host.WrittenPerSecond)}/s out";

    public static string Bytes(double bytes) =>
        bytes switch
        {
            >= 1024 * MiB => $"{bytes / 1024 / MiB:0.0} GiB",
            >= MiB => $"{bytes / MiB:0} MiB",
            >= 1024 => $"{bytes / 1024:0} KiB",
            _ => $"{bytes:0} B",
        };

    public static string Words(Ailment ailment) =>
        ailment switch
        {
            Ailment.ReadOnly => "read-only",
            Ailment.SlowDisk => "slow disk",
            Ailment.FullDisk => "full disk",
            Ailment.CorruptShards => "corrupt shards",
            Ailment.SkewedClock => "skewed clock",
            Ailment.Lying => "lies about its health",
            Ailment.PowerLoss => "power loss",
            Ailment.IgnoredSync => "ignored sync",
            _ => ailment.ToString().ToLowerInvariant(),
        };

    public static string Words(Illness illness)
    {
        var rule = AilmentRules.Of(illness.Ailment);
        return rule.Unit.Length == 0 ? Words(illness.Ailment) : $"{Words(illness.Ailment)} ({illness.Amount} {rule.Unit})";
    }

    public static string Explain(Ailment ailment) =>
        ailment switch
        {
            Ailment.Stopped => "Its process is ended in order and stays down.",
            Ailment.Killed => "Its process is ended at once and starts again by itself.",
            Ailment.Hung => "Its process stands still: connections stay open, nothing answers. A restart mends it.",
            Ailment.Drained => "The router sends it no customers.",
            Ailment.ReadOnly => "It serves reads and refuses writes.",
            Ailment.SlowDisk => "Each operation of its disk takes that much longer.",
            Ailment.FullDisk => "Its disk takes no more. A storage host refuses shards; an index host ends, since it can keep nothing, until there is room.",
            Ailment.CorruptShards => "One byte of each of so many shards on its disk is changed, for good: scrub and reads must find them.",
            Ailment.PowerLoss => "Its power goes: what it wrote and did not flush is lost, and it starts again by itself.",
            Ailment.IgnoredSync => "Its disk says that it flushed and has not. Try it, then let the power go: what was acknowledged meanwhile is lost.",
            Ailment.SkewedClock => "Its wall clock is that far ahead, or behind where negative.",
            _ => "It answers health checks as if all were well, and everybody else with an error.",
        };
}
