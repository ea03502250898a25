using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Noodles.Runs;

public static class NoodleStreams
{
    public const string Family = "noodles";

    public static readonly StreamId Only = new(Family);
}

/// <summary>What is to be run, where, and how.</summary>
/// <param name="Target">Its name.</param>
/// <param name="Features">As <see cref="Running.NoodleSelection.Features"/>.</param>
public sealed record NoodleOrder(string Target, string Tags, string Name, ImmutableArray<string> Features, int Parallel, int Retries);

/// <summary>Asks for a run of scenarios; needs a reason. It begins when those asked for before have ended.</summary>
/// <param name="Id">Small letters, digits and hyphens, at most 64; new.</param>
public sealed record RequestNoodleRun(string Id, NoodleOrder Order) : ICommand
{
    public StreamId Stream => NoodleStreams.Only;

    public Permission Needs => Permission.RunNoodles;

    public Scope Scope => Scope.Global;
}

/// <summary>What became of a run; the console's own to send.</summary>
/// <param name="Fault">Why it could not run or was cut short; null where it ran to its end.</param>
public sealed record EndNoodleRun(string Id, bool Passed, int Scenarios, int Failed, int Flaky, string? Fault) : ICommand
{
    public StreamId Stream => NoodleStreams.Only;

    public Permission Needs => Permission.RunEngine;

    public Scope Scope => Scope.Global;
}

[EventType("noodles.run-requested")]
public sealed record NoodleRunRequested(string Id, NoodleOrder Order, string By, string Reason) : IEvent;

[EventType("noodles.run-ended")]
public sealed record NoodleRunEnded(string Id, bool Passed, int Scenarios, int Failed, int Flaky, string? Fault) : IEvent;
