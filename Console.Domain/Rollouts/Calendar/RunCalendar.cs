using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Calendar;

/// <summary>The calendar holds a region's run.</summary>
/// <param name="Entries">What held it when it began.</param>
public sealed record RunHold(ImmutableArray<string> Entries, DateTimeOffset Since);

/// <summary>What would begin next may not: the calendar is closed.</summary>
[EventType("run.calendar-closed")]
public sealed record CalendarClosed(ImmutableArray<string> Entries, string Why) : IEvent;

/// <summary>It may again: the run's clocks go on where they stood.</summary>
[EventType("run.calendar-opened")]
public sealed record CalendarOpened : IEvent;

/// <summary>What the change calendar says to one region's run. A rollback is never held.</summary>
internal static class RunCalendar
{
    /// <summary>Whether what would begin next, a batch or more hosts of the batch in work, is held now.</summary>
    public static bool Holds(RegionRun run, RunInput input)
    {
        if (!Asked(run, input) || Next(run, input) is not { } batch || ChangeCalendar.IsOpen(input.Calendar, Place(run, input, batch), run.Rollout, input.Now))
        {
            return false;
        }

        var inWork = run.Phase == RunPhase.Working && batch == input.Batch(run);
        return !(inWork && MayGoOn(run, input, batch, run.BatchSince, Overrun.FinishBatch)) && !(run.Batch >= 0 && run.Az == batch.Az && MayGoOn(run, input, batch, run.AzSince, Overrun.FinishAz));
    }

    public static CalendarClosed Closed(RegionRun run, RunInput input)
    {
        var hold = Hold(run, input)!;
        return new([.. hold.Entries.Select(entry => entry.Entry)], hold.Sentence);
    }

    /// <summary>Clocks that stood still go on: the beginnings move by as long as it was held.</summary>
    public static RegionRun LetOn(RegionRun run, DateTimeOffset at)
    {
        var held = run.Held is { } hold ? at - hold.Since : TimeSpan.Zero;
        return run with { Held = null, LetOn = at, StageSince = run.StageSince + held, AzSince = run.AzSince + held, BatchSince = run.BatchSince + held };
    }

    public static Wait Wait(RegionRun run, RunInput input, RunHold held)
    {
        var limit = input.Counted(held.Since) + input.Pipeline.Limits.Hold;
        if (Hold(run, input) is not { } hold)
        {
            return new("the next tick", held.Since, input.Now + TimeSpan.FromSeconds(1), "the engine", "it goes on: the calendar is open");
        }

        var roles = string.Join(" or ", hold.Entries.Select(entry => $"{entry.OverrideBy} or higher by overriding {entry.Entry}").Distinct().Take(3));
        var opens = hold.Opens is { } next && next < limit;
        return new($"{hold.Sentence}", held.Since, opens ? hold.Opens!.Value : limit, $"the calendar; {roles}", opens ? "what was held begins" : "a person is asked: the calendar does not open before");
    }

    public static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static bool Asked(RegionRun run, RunInput input) =>
        input.Rollout is { Kind: RolloutKind.Forward, Status: RolloutStatus.Running } && run.Busy && !input.Calendar.Entries.IsEmpty;

    private static CalendarHold? Hold(RegionRun run, RunInput input) =>
        Next(run, input) is { } batch ? ChangeCalendar.Holds(input.Calendar, Place(run, input, batch), run.Rollout, input.Now) : null;

    private static PlannedBatch? Next(RegionRun run, RunInput input) =>
        input.Leg(run) is { } leg && RunFacts.Next(run, input) is { } next ? leg.Batches[next] : null;

    private static WorkPlace Place(RegionRun run, RunInput input, PlannedBatch batch) => new(input.Leg(run)!.Partition, run.Region, batch.Az, input.Rollout.Service);

    /// <summary>Work that the calendar let go on began, as far as it is concerned, when it did so.</summary>
    private static bool MayGoOn(RegionRun run, RunInput input, PlannedBatch batch, DateTimeOffset since, Overrun least) =>
        ChangeCalendar.MayGoOn(input.Calendar, Place(run, input, batch), run.Rollout, Later(since, run.LetOn), input.Now, least);
}
