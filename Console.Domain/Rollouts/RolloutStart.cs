using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Domain.Rollouts.Queue;

namespace OpsConsole.Domain.Rollouts;

/// <summary>What must hold for a rollout to start, forward or back.</summary>
public static class RolloutStart
{
    /// <summary>What a start would do now; nothing is changed. The start itself makes the same plan (law 13).</summary>
    /// <param name="authorities">Who answers for the data of hosts; null where nobody is to be asked.</param>
    public static (RolloutPlan? Plan, Rejection? Refused) Preview(IStates states, string service, string release, string pipeline, bool hotfix = false, ISafetyAuthorities? authorities = null)
    {
        var file = states.Get<PipelineFile>(PipelineStreams.Of(pipeline));
        if (file.Content is not { } content || content.Service != service)
        {
            return (null, new(RejectionKind.NotFound, "rollout.no-pipeline", $"{service} {release} has no plan.", file.Content is null ? $"There is no pipeline {pipeline}." : $"The pipeline {pipeline} is for {file.Content.Service}.", "Choose one of the service's pipelines."));
        }

        var catalog = states.Get<ReleaseCatalog>(ReleaseStreams.Of(service));
        if (!catalog.Releases.TryGetValue(release, out var standing))
        {
            return (null, new(RejectionKind.NotFound, "rollout.unknown-release", $"{service} {release} has no plan.", "The release was never registered.", "Register it first."));
        }

        if (standing.QuarantinedBy is { } by)
        {
            return (null, new Rejection(RejectionKind.Blocked, "rollout.quarantined", $"{service} {release} may not travel.", $"It is in quarantine since rollout {by}: {standing.QuarantineWhy}", "Mend it under a new version, or let somebody clear the quarantine.").With("quarantined-by", by));
        }

        if (hotfix && content.Hotfix is null)
        {
            return (null, new(RejectionKind.Blocked, "rollout.no-hotfix-lane", $"{service} {release} has no plan.", $"The pipeline {pipeline} has no hotfix lane.", "Start it as any other, or let an Admin add 'hotfix' to the pipeline file."));
        }

        var plan = Planner.Plan(Travelled(content, hotfix), standing.Release, states.All<RegionFleet>(FleetStreams.Family).Select(fleet => fleet.State));
        return plan.Hosts == 0
            ? (null, new(RejectionKind.Conflict, "rollout.nothing-to-do", $"{service} {release} has nowhere to go.", $"No host that {pipeline} reaches lacks it.", "Look at the fleet and at the pipeline's stages."))
            : NotCovered(states, plan, authorities) is { } host
            ? (null, new Rejection(RejectionKind.Conflict, "rollout.stateful", $"{service} {release} has no plan.", $"{host.Id} keeps data, and no service says which: it can never be reserved, and a rollout changes no such host without a reservation.", "Give the placement of its data, by file, webhook or the service itself; then start again.").With("host", host.Id).With("service", host.Service))
            : (plan, null);
    }

    /// <summary>A host that no reservation can be had of, because nobody says what it holds.</summary>
    private static Host? NotCovered(IStates states, RolloutPlan plan, ISafetyAuthorities? authorities) =>
        !plan.Stateful || authorities is null ? null
            : plan.Regions.SelectMany(region => region.Batches.SelectMany(batch => batch.Hosts).Select(id => states.Get<RegionFleet>(FleetStreams.Of(region.Region)).Hosts.GetValueOrDefault(id)))
                .OfType<Host>().FirstOrDefault(host => authorities.For(host) is null);

    internal static Decision Decide(Rollout rollout, StartRollout command, DecisionContext context, ISafetyAuthorities? authorities)
    {
        if (rollout.Exists)
        {
            return new Rejection(RejectionKind.Conflict, "rollout.exists", $"{rollout.Id} was not started.", $"A rollout of that name was started at {rollout.StartedAt:u}.", "Choose another name.");
        }

        if (!PipelineRules.IsName(rollout.Id) || rollout.Id.EndsWith("-rb", StringComparison.Ordinal))
        {
            return new Rejection(RejectionKind.Invalid, "rollout.name", "The rollout was not started.", "Its name is not 1 to 64 letters, digits, '-', '_' or '.', or it ends in '-rb', which rollbacks have.", "Choose another name.");
        }

        if (command.Hotfix && string.IsNullOrWhiteSpace(context.Reason))
        {
            return new Rejection(RejectionKind.Invalid, "rollout.reason-missing", $"{rollout.Id} was not started.", "A hotfix goes ahead of others, and no reason was given.", "Say what cannot wait.");
        }

        var (plan, refused) = Preview(context.States, command.Service, command.Release, command.Pipeline, command.Hotfix, authorities);
        if (refused is not null)
        {
            return refused;
        }

        var file = context.States.Get<PipelineFile>(PipelineStreams.Of(command.Pipeline));
        ImmutableArray<Rollout> inTheWay = [.. RolloutQueue.Meeting(context.States, rollout.Id, plan!)];
        if (inTheWay is [var other, ..] && file.Content!.Supersede == SupersedePolicy.Refuse)
        {
            return new Rejection(RejectionKind.Conflict, "rollout.under-way", $"{rollout.Id} was not started.", $"{other.Id} of {command.Service} {other.Plan!.Release} is {other.Status} since {other.Since:u}.", "Wait for its end; or abort it and roll it back or abandon it.")
                .With("rollout", other.Id).With("status", other.Status.ToString());
        }

        var hash = plan!.Hash();
        if (command.PlanHash is { } seen && seen != hash)
        {
            return new Rejection(RejectionKind.Conflict, "rollout.plan-changed", $"{rollout.Id} was not started.", $"The plan that was looked at ({seen}) is no longer the plan ({hash}).", "Look at the new plan.").With("seen", seen).With("plan", hash);
        }

        var travelled = Travelled(file.Content!, command.Hotfix);
        return RolloutReach.Blocking(rollout with { Plan = plan }, context.States, plan.Regions.Select(region => region.Region)) is { } pull
            ? new Rejection(RejectionKind.Blocked, "rollout.cord", $"{rollout.Id} was not started.", $"The cord {pull.Id} ({pull.Scope}, {pull.Mode}) was pulled by {pull.By}: {pull.Reason}", "Release the cord first, when it is safe.").With("pull", pull.Id)
            : inTheWay.IsEmpty ? Decision.Accept(Started(travelled, file.Version, plan, context.Actor.Id, context.Reason, context.States) with { Hotfix = command.Hotfix })
            : RolloutQueue.Enqueue(rollout, new(travelled, file.Version, plan, hash, context.Actor.Id, context.Reason, travelled.Supersede, command.Hotfix, context.States.Get<CordState>(CordStreams.Only).Epoch), inTheWay, context);
    }

    internal static RolloutStarted Started(Pipeline pipeline, int version, RolloutPlan plan, string by, string? reason, IStates states) =>
        new(RolloutKind.Forward, null, pipeline, version, plan, plan.Hash(), by, reason) { Hosts = Tallies(pipeline, plan, states) };

    internal static Pipeline Travelled(Pipeline pipeline, bool hotfix) => hotfix && pipeline.Hotfix is { } lane ? HotfixLane.Of(pipeline, lane) : pipeline;

    /// <summary>Whether a rollout that rolls back is ready for its rollback: every region has stopped, so that what it reached is known for good.</summary>
    public static bool RollbackIsDue(Rollout parent, IStates states) =>
        parent.Status == RolloutStatus.RollingBack
        && !states.Get<Rollout>(RolloutStreams.Of(parent.RollbackId!)).Exists
        && Begun(parent, states).All(run => run.Halt?.Kind == HaltKind.Rollback);

    internal static Decision Decide(Rollout rollout, StartRollback command, DecisionContext context)
    {
        var parent = context.States.Get<Rollout>(RolloutStreams.Of(command.Parent));
        if (rollout.Exists || parent.RollbackId != rollout.Id || !RollbackIsDue(parent, context.States))
        {
            return Decision.Nothing;
        }

        var target = context.States.Get<ReleaseCatalog>(ReleaseStreams.Of(parent.Service)).Releases[parent.RollbackTarget!].Release;
        var plan = RollbackPlanner.Plan(parent, target, Begun(parent, context.States), region => context.States.Get<RegionFleet>(FleetStreams.Of(region)));
        return Decision.Accept(new RolloutStarted(RolloutKind.Rollback, parent.Id, parent.Pipeline!, parent.PipelineVersion, plan, plan.Hash(), "engine", parent.Why) { Hosts = Tallies(parent.Pipeline!, plan, context.States) });
    }

    private static ImmutableArray<HostTally> Tallies(Pipeline pipeline, RolloutPlan plan, IStates states) => HostCounts.AtStart(pipeline, plan, region => states.Get<RegionFleet>(FleetStreams.Of(region)));

    /// <summary>Two rollouts of one service may be under way only where they share no region: a rehearsal beside a real fleet.</summary>
    internal static bool Meet(RolloutPlan one, RolloutPlan other) =>
        one.Regions.Select(region => region.Region).Intersect(other.Regions.Select(region => region.Region)).Any();

    private static ImmutableArray<RegionRun> Begun(Rollout parent, IStates states) =>
        [.. parent.Plan!.Regions.Select(region => region.Region).Distinct().Select(region => states.Get<RegionRun>(RunStreams.Of(region, parent.Id))).Where(run => run.Stage >= 0)];
}
