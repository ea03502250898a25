using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.FleetUpdate.Orders;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;

namespace OpsConsole.Domain.FleetUpdate;

/// <summary>Everything that is asked of one region's Fleet Update.</summary>
public abstract record FleetUpdateCommand(string Region) : ICommand
{
    /// <summary>Where the region lies, so that a grant on the partition covers it; null where nobody looked.</summary>
    public string? Partition { get; init; }

    public StreamId Stream => FleetUpdateStreams.Of(Region);

    public virtual Permission Needs => Permission.Reserve;

    public Scope Scope => Scope.OfRegion(Region, Partition);
}

/// <summary>Orders maintenance; needs a reason. The same order again changes nothing.</summary>
public sealed record OrderCampaign(string Region, CampaignOrder Order) : FleetUpdateCommand(Region);

public enum CampaignIntent
{
    Pause,

    /// <summary>Goes on after a pause or a halt; needs a reason after a halt.</summary>
    Resume,

    /// <summary>Ends it for good; needs a reason.</summary>
    Cancel,
}

public sealed record SteerCampaign(string Region, string Campaign, CampaignIntent Intent) : FleetUpdateCommand(Region);

/// <summary>Writes down what follows from what the hosts, the reservations, the cord and the clock say. The tick's.</summary>
public sealed record FollowCampaigns(string Region) : FleetUpdateCommand(Region)
{
    public override Permission Needs => Permission.RunEngine;
}

/// <summary>Hosts that were refused, each with the first check that denied it. The tick's.</summary>
public sealed record ParkHosts(string Region, ImmutableArray<Denial> Denials) : FleetUpdateCommand(Region)
{
    public override Permission Needs => Permission.RunEngine;
}
