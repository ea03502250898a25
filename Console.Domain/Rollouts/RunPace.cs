using System.Collections.Immutable;

namespace OpsConsole.Domain.Rollouts;

/// <summary>What the velocity of a pipeline says to one region's run. A rollback is paced by capacity alone.</summary>
internal static class RunPace
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Batches of one minute are one mark, and what is older than an hour is forgotten.</summary>
    public static ImmutableArray<PaceMark> With(ImmutableArray<PaceMark> marks, DateTimeOffset at, int hosts)
    {
        var kept = (marks.IsDefault ? [] : marks).RemoveAll(mark => mark.At <= at - Hour);
        return kept is [.., var last] && at - last.At < Minute ? kept.SetItem(kept.Length - 1, last with { At = at, Hosts = last.Hosts + hosts }) : kept.Add(new(at, hosts));
    }

    /// <summary>Why the next batch is not begun yet, and until when; null where it may.</summary>
    public static (string Why, DateTimeOffset Until)? Slows(RegionRun run, RunInput input)
    {
        if (input.Rollout.Kind != RolloutKind.Forward || input.Pipeline.Velocity is not { } velocity || input.Leg(run) is not { } leg || RunFacts.Next(run, input) is not { } next)
        {
            return null;
        }

        return ByCasualties(run, input, velocity) ?? ByHosts(run, input, velocity, leg.Batches[next].Hosts.Length);
    }

    /// <summary>The evidence that too many hosts did not come back within an hour; null while it is not so.</summary>
    public static string? Stops(RegionRun run, RunInput input) =>
        input.Rollout.Kind == RolloutKind.Forward && input.Pipeline.Velocity?.Casualties is { } most && Casualties(run, input) is var count && count > most
            ? $"{Words.Hosts(count)} in {run.Region} did not come back within an hour, at most {most} may; last {run.Casualties[^1].Host}: {run.Casualties[^1].Detail}"
            : null;

    private static (string Why, DateTimeOffset Until)? ByCasualties(RegionRun run, RunInput input, Velocity velocity)
    {
        var count = Casualties(run, input);
        if (velocity.Casualties is not { } most || count == 0 || count * 2 < most || run.Pace.IsDefaultOrEmpty)
        {
            return null;
        }

        var until = run.Pace[^1].At + (Hour / Math.Max(1, most - count + 1));
        return input.Now < until ? ($"velocity: {Words.Hosts(count)} did not come back within the last hour, at most {most} may, so batches are {Words.Of(until - run.Pace[^1].At)} apart", until) : null;
    }

    private static (string Why, DateTimeOffset Until)? ByHosts(RegionRun run, RunInput input, Velocity velocity, int hosts)
    {
        if (velocity.Hosts is not { } most || run.Pace.IsDefaultOrEmpty)
        {
            return null;
        }

        var marks = run.Pace.Where(mark => mark.At > input.Now - Hour).ToArray();
        var begun = marks.Sum(mark => mark.Hosts);
        if (begun == 0 || begun + hosts <= most)
        {
            return null;
        }

        var (left, until) = (begun, input.Now);
        foreach (var mark in marks.TakeWhile(_ => left > 0 && left + hosts > most))
        {
            (left, until) = (left - mark.Hosts, mark.At + Hour);
        }

        return ($"velocity: {Words.Hosts(begun)} were begun within the last hour and the next batch has {hosts}, at most {most} an hour may be begun", until);
    }

    private static int Casualties(RegionRun run, RunInput input) => run.Casualties.Count(casualty => !casualty.Accepted && casualty.At > input.Now - Hour);
}
