using System.Collections.Immutable;
using OpsConsole.Domain.Cord;
using OpsConsole.Engine.Live;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Overview;

/// <summary>The state of everything on one page.</summary>
/// <param name="Waits">What waits for a person, the gravest first.</param>
public sealed record OverviewModel(ImmutableArray<PartitionView> Partitions, ImmutableArray<CordPull> Pulls, ImmutableArray<WaitView> Waits, ImmutableArray<EventLine> Events, Pulse Pulse, int Hosts, int InWork, int Casualties, int Unknown, int RolloutsUnderWay, int RolloutsInAll)
{
    public string Sub =>
        Hosts == 0 ? "no host is known yet" : $"{Ages.Of(RolloutsUnderWay, "rollout")} under way, {(Waits.IsEmpty ? "nothing needs you" : Waits.Length == 1 ? "1 needs you" : $"{Waits.Length} need you")}";
}

public sealed record PartitionView(string Name, bool Simulated, ImmutableArray<RegionView> Regions);

/// <param name="Kind">Of the whole region: its worst AZ.</param>
public sealed record RegionView(string Name, int Hosts, StateKind Kind, ImmutableArray<AzView> Azs);

public sealed record AzView(string Letter, StateKind Kind, int Percent, string Title);

/// <summary>One thing that happened, in words.</summary>
public sealed record EventLine(long Sequence, DateTimeOffset At, string Words, string? Href = null);
