using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts;

public static class RunStreams
{
    public const string Family = "run";

    public static StreamId Of(string region, string rollout) => new($"{Family}/{region}/{rollout}");
}

/// <summary>The engine's: whatever is due now in one region, with what was observed since the last window.</summary>
/// <param name="Health">Null where no window is due.</param>
public sealed record AdvanceRun(string Region, string Rollout, HealthWindow? Health) : ICommand
{
    public StreamId Stream => RunStreams.Of(Region, Rollout);

    public Permission Needs => Permission.RunEngine;

    public Scope Scope => Scope.OfRegion(Region);
}

[EventType("run.stage-began")]
public sealed record RunStageBegan(int Stage, int Attempt, bool Observe, long CordEpoch) : IEvent;

[EventType("run.batch-began")]
public sealed record BatchBegan(int Batch, string Az, ImmutableArray<string> Hosts) : IEvent;

[EventType("run.hosts-settled")]
public sealed record HostsSettled(ImmutableArray<string> Confirmed, ImmutableArray<Casualty> Casualties) : IEvent;

[EventType("run.bake-began")]
public sealed record BakeBegan(int Batch) : IEvent;

/// <param name="Samples">Of the bake's metric.</param>
/// <param name="Start">The readings themselves, before the first host; empty afterwards.</param>
[EventType("run.window-judged")]
public sealed record WindowJudged(DateTimeOffset From, DateTimeOffset To, long Samples, ImmutableArray<GateVerdict> Verdicts, ImmutableArray<Reading> Start) : IEvent
{
    /// <summary>What was seen, so that another policy can be tried on it later; null before the first host, where <see cref="Start"/> has it, and in journals of earlier versions.</summary>
    public WindowFigures? Figures { get; init; }

    /// <summary>How the plan's hosts stood, by AZ; empty where no gate counts them.</summary>
    public ImmutableArray<HostTally> Hosts { get; init; } = [];
}

[EventType("run.stage-done")]
public sealed record RunStageDone(int Stage) : IEvent;

[EventType("run.halted")]
public sealed record RunHalted(HaltKind Kind, string Why, string? Pull, Evidence? Evidence) : IEvent;

/// <summary>A person let it go on: clocks and windows begin anew.</summary>
/// <param name="Batch">The batch to take up again.</param>
[EventType("run.resumed")]
public sealed record RunResumed(int Attempt, int Batch, RunPhase Phase, bool RetryCasualties, long CordEpoch) : IEvent;
