using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Rollouts.Calendar;

namespace OpsConsole.Domain.Rollouts;

public enum RunPhase
{
    /// <summary>Its wave is not open yet.</summary>
    Waiting,

    /// <summary>Looks at the hosts before the first of them changes: a region that is sick already is not begun.</summary>
    Observing,

    /// <summary>A batch is in work.</summary>
    Working,
    Baking,

    /// <summary>All of the stage's hosts in this region are done.</summary>
    Done,
}

/// <summary>What halted a run, the weakest first.</summary>
public enum HaltKind
{
    Asks,
    Bad,
    Cord,
    Abort,
    Rollback,
}

/// <summary>Why a run does nothing.</summary>
/// <param name="Pull">The cord's pull; null where something else halted it.</param>
public sealed record Halt(HaltKind Kind, string Why, DateTimeOffset Since, string? Pull, Evidence? Evidence);

/// <summary>A host that did not come back right.</summary>
public sealed record Casualty(string Host, string Az, int Stage, DateTimeOffset At, string Detail)
{
    /// <summary>A person let the rollout go on in spite of it: it no longer counts against the budget.</summary>
    public bool Accepted { get; init; }
}

/// <summary>One gate's last windows.</summary>
/// <param name="Last">Oldest first, at most as many as the gate looks back.</param>
/// <param name="Evidence">Of the last window that was not Ok.</param>
public sealed record GateStanding(ImmutableArray<Verdict> Last, Evidence? Evidence)
{
    /// <summary>Where its timer stands; null where it has none, or was not looked at yet.</summary>
    public HealthClock? Clock { get; init; }
}

/// <summary>State of the stream <c>run/region/rollout</c>: one rollout in one region.</summary>
public sealed record RegionRun(string Region, string Rollout)
{
    private ImmutableHashSet<string>? _pending;

    public RunPhase Phase { get; init; }

    public Halt? Halt { get; init; }

    /// <summary>The change calendar holds what would begin next; null while it does not.</summary>
    public RunHold? Held { get; init; }

    /// <summary>When the calendar last let it go on.</summary>
    public DateTimeOffset LetOn { get; init; }

    /// <summary>Index of the stage it is in; -1 before the first.</summary>
    public int Stage { get; init; } = -1;

    /// <summary>Index of the batch in work or baking; -1 before the first.</summary>
    public int Batch { get; init; } = -1;

    public int Attempt { get; init; } = 1;

    /// <summary>The cord's epoch when the stage began or a person let it go on: a pull after it stops the run, even one that was released since.</summary>
    public long CordEpoch { get; init; }

    /// <summary>The AZ of <see cref="Batch"/>; empty before the first.</summary>
    public string Az { get; init; } = "";

    public DateTimeOffset StageSince { get; init; }

    public DateTimeOffset AzSince { get; init; }

    public DateTimeOffset BatchSince { get; init; }

    public DateTimeOffset BakeSince { get; init; }

    /// <summary>Observations of the bake's metric so far.</summary>
    public long BakeSamples { get; init; }

    /// <summary>Windows judged since the bake, or the observing, began.</summary>
    public int Windows { get; init; }

    /// <summary>When health was last judged; the next window begins here.</summary>
    public DateTimeOffset LastWindow { get; init; }

    public ImmutableDictionary<string, GateStanding> Gates { get; init; } = ImmutableDictionary<string, GateStanding>.Empty;

    /// <summary>Readings before the first host changed, by metric.</summary>
    public ImmutableArray<Reading> Start { get; init; } = [];

    /// <summary>How the plan's hosts stood at the last window, by AZ; empty where no gate counts them.</summary>
    public ImmutableArray<HostTally> Hosts { get; init; } = [];

    /// <summary>Hosts begun in the last hour.</summary>
    public ImmutableArray<PaceMark> Pace { get; init; } = [];

    /// <summary>How long windows were bad in all, in this stage.</summary>
    public TimeSpan Unhealthy { get; init; }

    /// <summary>Hosts of batches that were begun, in every stage.</summary>
    public ImmutableArray<string> Touched { get; init; } = [];

    /// <summary>Those of them that have neither confirmed nor failed: found from the rest where it was read from disk.</summary>
    internal ImmutableHashSet<string> Pending
    {
        get => _pending ??= [.. Touched.Where(host => !Settled(host))];
        init => _pending = value;
    }

    /// <summary>Hosts that confirmed the release themselves.</summary>
    public ImmutableHashSet<string> Confirmed { get; init; } = [];

    public ImmutableArray<Casualty> Casualties { get; init; } = [];

    /// <summary>The last 20 things seen that were not Ok.</summary>
    public ImmutableArray<Evidence> Evidence { get; init; } = [];

    [JsonIgnore]
    public bool Busy => Halt is null && Phase is RunPhase.Observing or RunPhase.Working or RunPhase.Baking;

    /// <summary>Whether the host's batch was begun; the same as being among <see cref="Touched"/>, without looking through them.</summary>
    public bool Begun(string host) => Pending.Contains(host) || Settled(host);

    public bool Settled(string host) => Confirmed.Contains(host) || Casualties.Any(casualty => casualty.Host == host);
}
