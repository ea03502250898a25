using System.Collections.Immutable;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Replay;
using OpsConsole.Domain.Rollouts.Story;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Rollouts;

/// <summary>A rollout's past, as the journal holds it.</summary>
public sealed record RolloutPast(Rollout Rollout, ImmutableArray<Recorded> Events, RolloutStory Story)
{
    public ReplayAnswer Replay(Pipeline policy) => RolloutReplay.Of(Rollout, Events, Story, policy);
}

/// <summary>Reads what happened to one rollout out of the journal, region by region; I/O, so not for a live model.</summary>
public sealed class RolloutJournal(IJournal journal, IStates states, TimeProvider clock)
{
    /// <summary>Of one stream; older ones are left out, and the story says that it is cut.</summary>
    public const int MostEvents = 10_000;

    /// <summary>Null where there is no such rollout.</summary>
    public async Task<RolloutPast?> ReadAsync(string id, CancellationToken cancel)
    {
        var rollout = states.Get<Rollout>(RolloutStreams.Of(id));
        if (rollout.Plan is not { } plan)
        {
            return null;
        }

        var events = new List<Recorded>();
        var cut = false;
        foreach (var stream in plan.Regions.Select(region => region.Region).Distinct().Select(region => RunStreams.Of(region, id)).Prepend(RolloutStreams.Of(id)))
        {
            cut |= !await ReadAsync(stream, events, cancel).ConfigureAwait(false);
        }

        ImmutableArray<Recorded> ordered = [.. events.OrderBy(one => one.Sequence)];
        return new(rollout, ordered, StoryTeller.Tell(rollout, ordered, clock.GetUtcNow(), cut));
    }

    /// <summary>True where all of the stream was read.</summary>
    private async Task<bool> ReadAsync(StreamId stream, List<Recorded> events, CancellationToken cancel)
    {
        var left = Math.Min(MostEvents, states.VersionOf(stream));
        for (long? before = null; left > 0;)
        {
            var page = await journal.ReadBackAsync(new(before, stream.Value, Take: (int)Math.Min(500, left)), cancel).ConfigureAwait(false);

            // The query takes every stream whose name begins so: r1 finds r10, too.
            var own = page.Where(one => one.Stream == stream).ToArray();
            events.AddRange(own);
            left -= own.Length;
            if (own.Length > 0 && own[^1].Version == 1)
            {
                return true;
            }

            if (page.Next is not { } next)
            {
                return own.Length > 0 && own[^1].Version == 1;
            }

            before = next;
        }

        return states.VersionOf(stream) == 0;
    }
}
