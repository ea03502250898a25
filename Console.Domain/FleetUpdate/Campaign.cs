using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OpsConsole.Domain.FleetUpdate.Casualties;
using OpsConsole.Domain.FleetUpdate.Orders;

namespace OpsConsole.Domain.FleetUpdate;

public enum CampaignStatus
{
    Running,

    /// <summary>By a person; hosts that are out come back, no further ones go.</summary>
    Paused,

    /// <summary>By the cord, casualties or its own deadline; a person resumes.</summary>
    Halted,

    /// <summary>For good; hosts that are out come back.</summary>
    Cancelled,
    Done,
}

/// <summary>What became of a campaign on one host.</summary>
public enum HostEnd
{
    Done,

    /// <summary>It did not come back right.</summary>
    Casualty,

    /// <summary>It was given up before anything was done, or is no longer in the fleet.</summary>
    Left,
}

/// <param name="Done">A bit for each of the order's activities that is done.</param>
/// <param name="End">Null while something is open.</param>
public sealed record HostProgress(int Done, HostEnd? End, string? Why, DateTimeOffset At)
{
    public static readonly HostProgress None = new(0, null, null, default);

    /// <summary>It ended before, and a person had it taken up once more.</summary>
    public bool Again { get; init; }
}

/// <summary>A host that no plan can take, known before there is one.</summary>
public sealed record LeftHost(string Host, string Why);

/// <summary>How far a campaign is in one AZ.</summary>
/// <param name="Hosts">In the order in which they go.</param>
/// <param name="Stage">The place of the stage it is at, in <paramref name="Stages"/>.</param>
public sealed record AzProgress(ImmutableArray<string> Hosts, ImmutableArray<CanaryStage> Stages, int Stage, DateTimeOffset Since, Velocity Velocity)
{
    /// <summary>All its hosts have ended.</summary>
    public bool Passed { get; init; }

    /// <summary>Hosts that may go now, from the first.</summary>
    [JsonIgnore]
    public int Allowed => Stages.IsEmpty ? Hosts.Length : Stages[Stage].Hosts;
}

/// <summary>A release in quarantine that keeps a campaign from letting hosts go.</summary>
public sealed record CampaignHold(string Service, string Version, string Why, DateTimeOffset Since)
{
    [JsonIgnore]
    public string Words => $"the quarantine of {Service} {Version} to be cleared: {Why}";
}

/// <summary>A maintenance order and how far it is.</summary>
/// <param name="By">Actor id of who ordered it.</param>
/// <param name="CordEpoch">The cord's epoch it was ordered or last resumed under; a later pull over its hosts halts it.</param>
public sealed record Campaign(CampaignOrder Order, string By, string Reason, DateTimeOffset At, long CordEpoch)
{
    public CampaignStatus Status { get; init; } = CampaignStatus.Running;

    /// <summary>Why it has this status, in words.</summary>
    public string? Why { get; init; }

    public DateTimeOffset StatusSince { get; init; }

    /// <summary>Of a rollout's campaign: the attempt of the run that it works for.</summary>
    public int Attempt { get; init; }

    /// <summary>Null while none of its releases is in quarantine.</summary>
    public CampaignHold? Held { get; init; }

    public ImmutableSortedDictionary<string, AzProgress> Azs { get; init => field = value.WithComparers(StringComparer.Ordinal); } = ImmutableSortedDictionary<string, AzProgress>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Hosts that something was done on, or that have ended; the others are open.</summary>
    public ImmutableDictionary<string, HostProgress> Hosts { get; init; } = ImmutableDictionary<string, HostProgress>.Empty;

    public ImmutableArray<LeftHost> Left { get; init; } = [];

    public CasualtyLedger Ledger { get; init; } = CasualtyLedger.Empty;

    /// <summary>Host-time that combining has saved so far, over all its outages.</summary>
    public TimeSpan Saved { get; init; }

    /// <summary>Hosts that are past the deadline, and of which people were told so.</summary>
    public ImmutableSortedSet<string> Overdue { get; init => field = value.WithComparer(StringComparer.Ordinal); } = ImmutableSortedSet<string>.Empty.WithComparer(StringComparer.Ordinal);

    /// <summary>Whether they were told one by one, and their ends are.</summary>
    public bool OverdueSingly { get; init; }

    [JsonIgnore]
    public int Count => Azs.Values.Sum(az => az.Hosts.Length);

    [JsonIgnore]
    public bool Over => Status is CampaignStatus.Cancelled or CampaignStatus.Done;

    /// <summary>Whether it may let hosts go.</summary>
    [JsonIgnore]
    public bool GoesOn => Status == CampaignStatus.Running && Held is null;

    /// <summary>By when each host is to have been visited.</summary>
    [JsonIgnore]
    public DateTimeOffset Deadline => At + Order.VisitWithin;

    public bool IsOpen(string host) => !Hosts.TryGetValue(host, out var progress) || progress.End is null;
}
