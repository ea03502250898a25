using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.FleetUpdate.Casualties;
using OpsConsole.Domain.FleetUpdate.Orders;
using OpsConsole.Domain.Reservations;

namespace OpsConsole.Web.FleetUpdate;

/// <summary>What the API takes as an order. What is left out is as usual.</summary>
/// <param name="Campaign">Its id, unique in the region for ever.</param>
/// <param name="DryRun">Runs it in thought: says what would happen beside the bounds, and orders nothing.</param>
public sealed record CampaignBody(string Campaign, CampaignActivityBody[] Activities, string? Reason, bool DryRun = false)
{
    public string[]? Services { get; init; }

    public string[]? Azs { get; init; }

    public string[]? Hosts { get; init; }

    /// <summary>Draining, one restart, verifying, taking traffic again.</summary>
    public double? CycleSeconds { get; init; }

    public double? MaxOutageSeconds { get; init; }

    public double? CapShare { get; init; }

    public VelocityPolicy? Velocity { get; init; }

    public CasualtyPolicy? Casualties { get; init; }

    public double? VisitWithinHours { get; init; }

    public OrderCampaign Command(string region)
    {
        var usual = new CampaignOrder(Campaign, [.. (Activities ?? []).Select(one => one?.Activity()!)]);
        return new(region, usual with
        {
            Services = [.. Services ?? []],
            Azs = [.. Azs ?? []],
            Hosts = [.. Hosts ?? []],
            Cycle = Seconds(CycleSeconds) ?? usual.Cycle,
            MaxOutage = Seconds(MaxOutageSeconds) ?? usual.MaxOutage,
            CapShare = CapShare ?? usual.CapShare,
            Velocity = Velocity ?? usual.Velocity,
            Casualties = Casualties ?? usual.Casualties,
            VisitWithin = Seconds(VisitWithinHours * 3_600) ?? usual.VisitWithin,
        });
    }

    /// <summary>What is no time at all becomes one that is refused.</summary>
    internal static TimeSpan? Seconds(double? seconds) =>
        seconds is not { } given ? null : double.IsFinite(given) && Math.Abs(given) < 1e9 ? TimeSpan.FromSeconds(given) : TimeSpan.MinValue;
}

/// <param name="P50Seconds">How long it takes in half of the cases, the restart not counted.</param>
/// <param name="ProvenBy">Where it passed an AZ before; left out: it has to prove itself, and goes alone until then.</param>
public sealed record CampaignActivityBody(ActivityKind Kind, string? Version, double P50Seconds, double P99Seconds, double? BakeSeconds = null, string? Digest = null, string? ProvenBy = null, Disruption Disruption = Disruption.Reboot)
{
    public MaintenanceActivity Activity()
    {
        var one = new MaintenanceActivity(Kind, Version, CampaignBody.Seconds(P50Seconds)!.Value, CampaignBody.Seconds(P99Seconds)!.Value) { Digest = Digest, ProvenBy = ProvenBy, Disruption = Disruption };
        return one with { Bake = CampaignBody.Seconds(BakeSeconds) ?? one.Bake };
    }
}

public sealed record CampaignReasonBody(string? Reason);
