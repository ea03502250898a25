using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Story;

/// <summary>Tells what a rollout did from its events, by the same fold that makes the states of them.</summary>
public sealed class StoryTeller
{
    private readonly Dictionary<string, Region> _regions = [];
    private readonly List<StorySpan> _spans = [];
    private readonly List<StoryBatch> _batches = [];
    private readonly List<OpenedWave> _opened = [];
    private readonly Rollout _rollout;
    private Detection? _detected;

    private StoryTeller(Rollout rollout) => _rollout = rollout;

    /// <param name="events">Of the streams <c>rollout/id</c> and <c>run/*/id</c>, in the order of their sequence.</param>
    /// <param name="now">Until when it is told where it has not ended.</param>
    public static RolloutStory Tell(Rollout rollout, IEnumerable<Recorded> events, DateTimeOffset now, bool cut = false)
    {
        var teller = new StoryTeller(rollout);
        foreach (var recorded in events)
        {
            teller.Take(recorded);
        }

        var until = rollout.EndedAt ?? now;
        foreach (var region in teller._regions.Values)
        {
            teller.Close(region, until);
        }

        ImmutableArray<StorySpan> spans = [.. teller._spans.OrderBy(span => span.From).ThenBy(span => span.Region, StringComparer.Ordinal)];
        return new(rollout.Id, rollout.StartedAt, until, rollout.EndedAt, spans, [.. teller._batches.OrderBy(batch => batch.Began).ThenBy(batch => batch.Region, StringComparer.Ordinal)])
        {
            Split = TimeSplits.Of(spans, rollout.StartedAt, until),
            Detected = teller._detected,
            Opened = [.. teller._opened],
            Cut = cut,
        };
    }

    private void Take(Recorded recorded)
    {
        if (recorded.Event is WaveOpened opened)
        {
            _opened.Add(new(opened.Stage, opened.Wave, recorded.At));
        }

        if (recorded.Stream.Family != RunStreams.Family)
        {
            return;
        }

        var name = recorded.Stream.FirstKey;
        var region = _regions.TryGetValue(name, out var known) ? known : _regions[name] = new(new RegionRun(name, _rollout.Id), recorded.At);
        var before = region.Run;
        region.Run = RunFold.Apply(before, recorded.Event, recorded.At);
        Batches(before, region.Run, recorded);
        if (_detected is null && recorded.Event is RunHalted { Kind: HaltKind.Bad } halted)
        {
            _detected = new(recorded.At, name, before.Stage, before.Batch, halted.Why, halted.Evidence?.Gate, _batches.Sum(batch => batch.Hosts));
        }

        if ((Of(region.Run), region.Run.Stage, region.Run.Batch) != (region.Doing, before.Stage, before.Batch))
        {
            Close(region, recorded.At, before);
            (region.Doing, region.Since) = (Of(region.Run), recorded.At);
        }
    }

    private void Batches(RegionRun before, RegionRun run, Recorded recorded)
    {
        switch (recorded.Event)
        {
            case BatchBegan began:
                Change(before, batch => batch.BakeBegan is null ? batch : batch with { Baked = recorded.At });
                _batches.Add(new(run.Region, run.Stage, began.Batch, began.Az, began.Hosts.Length, recorded.At, null, null, null));
                break;
            case HostsSettled when _rollout.Plan!.Leg(run.Stage, run.Region) is { } leg && run.Batch >= 0 && leg.Batches[run.Batch].Hosts.All(run.Settled):
                Change(run, batch => batch with { Settled = batch.Settled ?? recorded.At });
                break;
            case BakeBegan:
                Change(run, batch => batch with { BakeBegan = recorded.At });
                break;
            case RunStageDone:
                Change(before, batch => batch.BakeBegan is null ? batch : batch with { Baked = recorded.At });
                break;
            default:
                break;
        }
    }

    /// <summary>The batch that a run is at; one that was begun again after a stop counts where it began last.</summary>
    private void Change(RegionRun run, Func<StoryBatch, StoryBatch> change)
    {
        var at = _batches.FindLastIndex(batch => batch.Region == run.Region && batch.Stage == run.Stage && batch.Index == run.Batch);
        if (at >= 0)
        {
            _batches[at] = change(_batches[at]);
        }
    }

    private void Close(Region region, DateTimeOffset at, RegionRun? run = null)
    {
        if (at > region.Since && region.Doing != Doing.Idle)
        {
            var was = run ?? region.Run;
            var held = HeldAfterBake(was, region, at);
            _spans.Add(new(was.Region, was.Stage, was.Batch, was.Az, region.Doing, region.Since, held ?? at));
            if (held is { } since)
            {
                _spans.Add(new(was.Region, was.Stage, was.Batch, was.Az, Doing.Held, since, at));
            }
        }
    }

    /// <summary>When a bake under a closed calendar was over and only the calendar still held; null where that was not.</summary>
    private DateTimeOffset? HeldAfterBake(RegionRun run, Region region, DateTimeOffset at) =>
        region.Doing == Doing.Baking && run is { Held: not null, Batch: >= 0 } && _rollout.Plan!.Leg(run.Stage, run.Region) is { } leg && run.BakeSince + leg.Batches[run.Batch].Bake.Duration is var over && over < at
            ? (over > region.Since ? over : region.Since)
            : null;

    private static Doing Of(RegionRun run) =>
        run.Halt is not null ? Doing.Halted
        : run.Held is not null && run.Phase != RunPhase.Baking ? Doing.Held
        : run.Phase switch { RunPhase.Observing => Doing.Looking, RunPhase.Working => Doing.Working, RunPhase.Baking => Doing.Baking, _ => Doing.Idle };

    private sealed class Region(RegionRun run, DateTimeOffset since)
    {
        public RegionRun Run { get; set; } = run;

        public Doing Doing { get; set; }

        public DateTimeOffset Since { get; set; } = since;
    }
}
