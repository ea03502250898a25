using System.Collections.Immutable;
using System.Globalization;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Queue;

/// <summary>Rollouts of one service whose regions meet: who waits for whom, and who takes whose place. All of it follows from the states.</summary>
internal static class RolloutQueue
{
    /// <summary>At most so many of one pipeline wait.</summary>
    public const int Most = 10;

    /// <summary>Not ended, of the same service, and in one of the same regions.</summary>
    public static IEnumerable<Rollout> Meeting(IStates states, string rollout, RolloutPlan plan) =>
        states.All<Rollout>(RolloutStreams.Family).Select(one => one.State)
            .Where(other => other.Id != rollout && other is { Exists: true, Ended: false } && other.Service == plan.Service && RolloutStart.Meet(other.Plan!, plan));

    public static Decision Enqueue(Rollout rollout, RolloutQueued queued, ImmutableArray<Rollout> inTheWay, DecisionContext context)
    {
        var place = rollout with { Pipeline = queued.Pipeline, Plan = queued.Plan, Hotfix = queued.Hotfix, Status = RolloutStatus.Queued, Queue = new(queued.Policy, context.Now, queued.CordEpoch) };
        var waiting = context.States.All<Rollout>(RolloutStreams.Family).Select(one => one.State).Where(other => other.Status == RolloutStatus.Queued && other.Pipeline!.Name == queued.Pipeline.Name && !Replaces(place, other)).ToArray();
        return waiting.Length >= Most
            ? new Rejection(RejectionKind.Conflict, "rollout.queue-full", $"{rollout.Id} was not queued.", $"{waiting.Length} rollouts of {queued.Pipeline.Name} wait already, behind {Words.Some(inTheWay.Select(one => one.Id), 3)}.", "Abort one that is not needed any more, or wait.").With("waiting", string.Join(", ", waiting.Select(one => one.Id)))
            : Decision.Accept(queued);
    }

    /// <summary>Whether the newer one takes the place of the other. A hotfix gives way to hotfixes only.</summary>
    public static bool Replaces(Rollout newer, Rollout other) =>
        newer.Queue is { } place && newer.Id != other.Id && (newer.Hotfix || !other.Hotfix) && other is { Exists: true, Ended: false } && newer.Service == other.Service
        && (other.Queue is { } theirs ? place.Policy >= SupersedePolicy.ReplaceWaiting && Order(theirs, other.Id).CompareTo(Order(place, newer.Id)) < 0 : place.Policy == SupersedePolicy.Replace)
        && RolloutStart.Meet(newer.Plan!, other.Plan!);

    /// <summary>The event by which a rollout gives way to one that waits; null where none asks it to.</summary>
    public static RolloutSuperseded? GivesWay(Rollout rollout, IStates states)
    {
        var newer = states.All<Rollout>(RolloutStreams.Family).Select(one => one.State).Where(other => other.Status == RolloutStatus.Queued && Replaces(other, rollout))
            .OrderByDescending(other => other.Queue!.Since).ThenByDescending(other => other.Id, StringComparer.Ordinal).FirstOrDefault();
        return newer is null ? null : new(newer.Id, $"superseded by {newer.Id}, {newer.Service} {newer.Plan!.Release}, as {newer.StartedBy} asked: {newer.Reason ?? "no reason given"}");
    }

    /// <summary>What a rollout that waits is to wait for: those under way, and those that come before it. Hotfixes come first.</summary>
    public static (ImmutableArray<Rollout> UnderWay, ImmutableArray<Rollout> Before) Ahead(Rollout rollout, IStates states)
    {
        var meeting = Meeting(states, rollout.Id, rollout.Plan!).ToArray();
        var mine = Rank(rollout);
        return ([.. meeting.Where(other => other.Queue is null).OrderBy(other => other.Id, StringComparer.Ordinal)], [.. meeting.Where(other => other.Queue is not null && Rank(other).CompareTo(mine) < 0).OrderBy(Rank)]);
    }

    /// <summary>What is due for a rollout that waits: the cord takes it out, another takes its place, its time is over, or its turn has come.</summary>
    public static IEvent? Due(Rollout rollout, IStates states, DateTimeOffset now)
    {
        var place = rollout.Queue!;
        var regions = rollout.Plan!.Regions.Select(region => region.Region).ToArray();
        var cord = states.Get<CordState>(CordStreams.Only);
        if (cord.Epoch > place.CordEpoch && RolloutReach.Hosts(rollout, states, regions).Any(host => cord.PulledSince(host, place.CordEpoch)))
        {
            return new RolloutAbandoned("cord", "the cord was pulled over its hosts while it waited; nothing begins by itself after that, start it again when it is safe");
        }

        if (GivesWay(rollout, states) is { } way)
        {
            return way;
        }

        if (now >= place.Since + rollout.Pipeline!.Limits.Queue)
        {
            return new RolloutAbandoned("timer", $"its turn did not come within {Words.Of(rollout.Pipeline.Limits.Queue)}");
        }

        return Ahead(rollout, states) is { UnderWay: [], Before: [] } ? Begin(rollout, states) : null;
    }

    public static Decision Want(Rollout rollout, RolloutCommand command, DecisionContext context) =>
        command is AbortRollout or AbandonRollout
            ? Decision.Accept(new RolloutAbandoned(context.Actor.Id, $"taken out of the queue by {context.Actor.Id}: {(string.IsNullOrWhiteSpace(context.Reason) ? "no reason given" : context.Reason)}"))
            : new Rejection(RejectionKind.Conflict, "rollout.queued", $"{command.GetType().Name} was refused for {rollout.Id}.", $"It waits for its turn since {rollout.Queue!.Since.ToString("u", CultureInfo.InvariantCulture)}; none of its hosts has changed.", "Wait, or abort it to take it out of the queue.").With("status", rollout.Status.ToString());

    public static Wait Wait(Rollout rollout, IStates? states)
    {
        var (place, until) = (rollout.Queue!, rollout.Queue!.Since + rollout.Pipeline!.Limits.Queue);
        const string Then = "it is planned anew and begins; past the limit it is taken out of the queue";
        if (states is null)
        {
            return new($"its turn in the queue of {rollout.Pipeline.Name}", place.Since, until, "those before it, or an operator", Then);
        }

        var (underWay, before) = Ahead(rollout, states);
        var lane = rollout.Hotfix ? ", in the hotfix lane" : "";
        var what = underWay.IsEmpty && before.IsEmpty ? "the next tick" : Words.Some(underWay.Concat(before).Select(one => $"{one.Id} ({one.Plan!.Release}, {one.Status})"), 4);
        return new($"its turn, place {before.Length + 1} in the queue of {rollout.Pipeline.Name}{lane}, behind {what}", place.Since, until, "those before it, or an operator", Then);
    }

    private static IEvent Begin(Rollout rollout, IStates states)
    {
        var standing = states.Get<ReleaseCatalog>(ReleaseStreams.Of(rollout.Service)).Releases[rollout.Plan!.Release];
        if (standing.QuarantinedBy is { } by)
        {
            return new RolloutAbandoned("engine", $"its release went into quarantine while it waited, by rollout {by}: {standing.QuarantineWhy}");
        }

        var plan = Planner.Plan(rollout.Pipeline!, standing.Release, states.All<RegionFleet>(FleetStreams.Family).Select(fleet => fleet.State));
        return plan.Hosts == 0
            ? new RolloutAbandoned("engine", "every host it was to reach runs its release already")
            : RolloutStart.Started(rollout.Pipeline!, rollout.PipelineVersion, plan, rollout.StartedBy, rollout.Reason, states);
    }

    private static (bool Later, long Since, string Id) Rank(Rollout rollout) => (!rollout.Hotfix, rollout.Queue!.Since.UtcTicks, rollout.Id);

    private static (long, string) Order(QueuePlace place, string id) => (place.Since.UtcTicks, id);
}
