using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Fleet;

/// <summary>Puts hosts into a region or changes what is known of them; releases, tokens and visits stay as they are for hosts already there.</summary>
/// <param name="Remove">Ids of hosts to take out; refused for a host with an active visit.</param>
public sealed record PlaceHosts(string Region, string Partition, ImmutableArray<Host> Hosts, ImmutableArray<string> Remove) : IDecidedAlone
{
    public StreamId Stream => FleetStreams.Of(Region);

    public Permission Needs => Permission.EditFleet;

    public Scope Scope => Scope.OfRegion(Region, Partition);
}

/// <summary>Begins visits, all or none. Refused while another AZ of the region has an active visit (law 5).</summary>
/// <param name="CordEpoch">The cord's epoch they were planned under; after a later pull over their hosts they never leave, release or not.</param>
public sealed record BeginVisits(string Region, ImmutableArray<VisitOrder> Orders, long CordEpoch) : ICommand
{
    public StreamId Stream => FleetStreams.Of(Region);

    public Permission Needs => Permission.RunEngine;

    public Scope Scope => Scope.OfRegion(Region);
}

/// <summary>Hands in what hosts said. Reports for steps that are not out, or with an old token, change nothing.</summary>
public sealed record ReportSteps(string Region, ImmutableArray<StepReport> Reports) : ICommand
{
    public StreamId Stream => FleetStreams.Of(Region);

    public Permission Needs => Permission.ReportHosts;

    public Scope Scope => Scope.OfRegion(Region);
}

/// <summary>Ends the visits whose deadline has passed: their hosts become casualties.</summary>
public sealed record ExpireVisits(string Region) : ICommand
{
    public StreamId Stream => FleetStreams.Of(Region);

    public Permission Needs => Permission.RunEngine;

    public Scope Scope => Scope.OfRegion(Region);
}

/// <summary>Says what becomes of active visits that a pull of the cord found in hand: brought to their end, or turned back before anything is changed. They go on under the epoch.</summary>
/// <param name="To">TurnBack or Finish; a visit that is past installing is not turned back.</param>
/// <param name="CordEpoch">The cord's, of the pull and later ones that let them.</param>
public sealed record SettleVisits(string Region, ImmutableArray<string> Visits, SafePoint To, long CordEpoch, string Why) : ICommand
{
    public StreamId Stream => FleetStreams.Of(Region);

    public Permission Needs => Permission.RunEngine;

    public Scope Scope => Scope.OfRegion(Region);
}

/// <summary>Gives up active visits; the hosts stay as they are, out of service, and a later visit may take them.</summary>
public sealed record CancelVisits(string Region, ImmutableArray<string> Visits, string Why) : ICommand
{
    public StreamId Stream => FleetStreams.Of(Region);

    public Permission Needs => Permission.RunEngine;

    public Scope Scope => Scope.OfRegion(Region);
}
