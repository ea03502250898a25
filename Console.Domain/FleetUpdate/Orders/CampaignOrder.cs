using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate.Casualties;
using OpsConsole.Domain.FleetUpdate.Travelling;

namespace OpsConsole.Domain.FleetUpdate.Orders;

/// <summary>A maintenance order: what is done on which hosts of a region, how fast, and when it stops.</summary>
/// <param name="Id">Chosen by who orders it; unique in the region for ever.</param>
public sealed record CampaignOrder(string Id, ImmutableArray<MaintenanceActivity> Activities)
{
    public const int MostActivities = 6;
    public const int MostNames = 1_000;

    /// <summary>The rollout that it changes hosts for, which alone says which and when; null where people ordered it.</summary>
    public RolloutPart? Rollout { get; init; }

    /// <summary>Only hosts of these services; empty: of all that hold data.</summary>
    public ImmutableArray<string> Services { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Only these AZs; empty: all.</summary>
    public ImmutableArray<string> Azs { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Only these hosts; empty: all.</summary>
    public ImmutableArray<string> Hosts { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Draining, one restart, verifying and taking traffic again: what every outage costs once, whatever is done in it.</summary>
    public TimeSpan Cycle { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>No outage is planned longer than this, in 99 of 100 cases.</summary>
    public TimeSpan MaxOutage { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Share of the campaign's hosts in an AZ that may be out at once, over 0 to 1; one always may.</summary>
    public double CapShare { get; init; } = 0.05;

    public VelocityPolicy Velocity { get; init; } = VelocityPolicy.Usual;

    public CasualtyPolicy Casualties { get; init; } = new();

    /// <summary>By when after the order every host is to have been visited.</summary>
    public TimeSpan VisitWithin { get; init; } = TimeSpan.FromDays(14);

    /// <summary>The longest total of one outage, were all its activities done in it.</summary>
    public TimeSpan LongestP99 => Cycle + TimeSpan.FromTicks(Activities.Sum(one => one.P99.Ticks));

    public bool Takes(Host host) =>
        (Services.IsEmpty ? host.Role != HostRole.Web : Services.Contains(host.Service)) && (Azs.IsEmpty || Azs.Contains(host.Az)) && (Hosts.IsEmpty || Hosts.Contains(host.Id));

    /// <summary>What is wrong with it, in words; null where it can be worked with.</summary>
    public string? Problem() =>
        Rollout is not null ? "it says it is a rollout's; start the rollout instead"
        : HostRules.NameProblem(Id) is { } id ? $"its id: {id}"
        : Activities.IsDefaultOrEmpty || Activities.Length > MostActivities ? $"it has {(Activities.IsDefault ? 0 : Activities.Length)} activities; 1 to {MostActivities} are possible"
        : Activities.Any(one => one is null) ? "one of its activities is missing"
        : Activities.Select(one => one.Problem).FirstOrDefault(problem => problem is not null) is { } activity ? activity
        : Activities.Select(one => one.Kind).Distinct().Count() < Activities.Length ? "it names a kind of activity twice"
        : Services.Concat(Azs).Concat(Hosts).Any(name => HostRules.NameProblem(name) is not null) ? "one of the services, AZs or hosts it names is no name"
        : new[] { Services.Length, Azs.Length, Hosts.Length }.Max() > MostNames ? $"it names more than {MostNames} services, AZs or hosts"
        : Cycle <= TimeSpan.Zero || Cycle > TimeSpan.FromHours(4) ? "its cycle is not over 0 and up to 4 hours"
        : MaxOutage <= TimeSpan.Zero || MaxOutage > TimeSpan.FromHours(12) ? "its longest outage is not over 0 and up to 12 hours"
        : Activities.FirstOrDefault(one => Cycle + one.P99 > MaxOutage) is { } tooLong ? $"{tooLong.Kind} alone takes {Cycle + tooLong.P99}, more than the longest outage of {MaxOutage}"
        : CapShare is not (> 0 and <= 1) ? "its cap is not over 0 and up to 1"
        : Velocity.Fault is { } velocity ? velocity
        : Casualties.Good is not (> 0 and < 1) || Casualties.Bad <= Casualties.Good || Casualties.Bad >= 1 || Casualties.FalseHalt is not (> 0 and < 0.5) || Casualties.Missed is not (> 0 and < 0.5) || Casualties.WarnFrom is not (> 0 and <= 1)
            ? "its casualty rates are not 0 < good < bad < 1, with chances to err over 0 and under a half"
        : VisitWithin <= TimeSpan.Zero || VisitWithin > TimeSpan.FromDays(365) ? "its hosts are to be visited within over 0 and up to 365 days"
        : null;
}
