using System.Collections.Immutable;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.FleetUpdate.Orders;
using OpsConsole.Domain.Reservations;

namespace OpsConsole.Web.FleetUpdate;

/// <summary>What is typed into the order form.</summary>
public sealed class CampaignForm
{
    public string Id { get; set; } = "";

    public string OsPatch { get; set; } = "";

    public string Firmware { get; set; } = "";

    public string Release { get; set; } = "";

    public bool Repair { get; set; }

    public bool Reboot { get; set; }

    public string ProvenBy { get; set; } = "";

    public string Services { get; set; } = "";

    public string Azs { get; set; } = "";

    public string Hosts { get; set; } = "";

    public double TypicalMinutes { get; set; } = 5;

    public double LongestMinutes { get; set; } = 15;

    public double BakeMinutes { get; set; } = 30;

    public double CapPercent { get; set; } = 5;

    public double WithinDays { get; set; } = 14;

    public string Reason { get; set; } = "";

    public OrderCampaign Command(string region) =>
        new(region, new CampaignOrder(Id.Trim(), Activities())
        {
            Services = Names(Services),
            Azs = Names(Azs),
            Hosts = Names(Hosts),
            CapShare = CapPercent / 100,
            VisitWithin = Time(WithinDays * 1_440),
        });

    /// <summary>All that is typed but the reason: another text is another order.</summary>
    public string Words(string region) => string.Join('\n', region, Id, OsPatch, Firmware, Release, Repair, Reboot, ProvenBy, Services, Azs, Hosts, TypicalMinutes, LongestMinutes, BakeMinutes, CapPercent, WithinDays);

    public void Clear() => (Id, OsPatch, Firmware, Release, Repair, Reboot, ProvenBy, Hosts, Reason) = ("", "", "", "", false, false, "", "", "");

    private ImmutableArray<MaintenanceActivity> Activities() =>
    [
        .. new (ActivityKind Kind, string? Version, bool Wanted)[]
        {
            (ActivityKind.HardwareRepair, null, Repair), (ActivityKind.Firmware, Firmware.Trim(), Firmware.Trim().Length > 0), (ActivityKind.OsPatch, OsPatch.Trim(), OsPatch.Trim().Length > 0),
            (ActivityKind.Software, Release.Trim(), Release.Trim().Length > 0), (ActivityKind.Reboot, null, Reboot),
        }
        .Where(one => one.Wanted)
        .Select(one => new MaintenanceActivity(one.Kind, one.Version, Time(TypicalMinutes), Time(LongestMinutes)) { Bake = Time(BakeMinutes), ProvenBy = one.Version is not null && ProvenBy.Trim() is { Length: > 0 } proven ? proven : null }),
    ];

    private static TimeSpan Time(double minutes) => double.IsFinite(minutes) && Math.Abs(minutes) < 1e7 ? TimeSpan.FromMinutes(minutes) : TimeSpan.MinValue;

    private static ImmutableArray<string> Names(string text) => [.. text.Split([',', ' ', '\n', '\r', '\t', ';'], StringSplitOptions.RemoveEmptyEntries).Distinct()];
}
