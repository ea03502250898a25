using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts;

/// <summary>A gate that was red before the first host, and that a person named to start over it. Ends with its rollout.</summary>
public sealed record GateOverride(string Gate, string By, string Reason, DateTimeOffset At);

/// <summary>Lets a rollout begin although this gate is red. Needs a reason; from then on the gate judges what became worse since the start.</summary>
/// <param name="Gate">Its name: nothing is let pass that was not named.</param>
public sealed record OverrideGate(string Rollout, string Gate) : RolloutCommand(Rollout)
{
    public override Permission Needs => Permission.OverrideGates;
}

[EventType("rollout.gate-overridden")]
public sealed record GateOverridden(string Gate, string By, string Reason) : IEvent;

/// <summary>Starting over a gate that is red already.</summary>
internal static class GateOverrides
{
    public static GateOverride? Of(Rollout rollout, string gate) => rollout.GateOverrides.IsDefaultOrEmpty ? null : rollout.GateOverrides.FirstOrDefault(one => one.Gate == gate);

    public static Decision Decide(Rollout rollout, OverrideGate command, DecisionContext context)
    {
        Rejection No(RejectionKind kind, string code, string why, string @do) => new(kind, code, $"The gate {command.Gate} was not overridden for {rollout.Id}.", why, @do);
        if (string.IsNullOrWhiteSpace(context.Reason))
        {
            return No(RejectionKind.Invalid, "gate.reason-missing", "No reason was given.", "Say why the rollout may begin although the gate is red.");
        }

        var gate = rollout.Kind == RolloutKind.Forward ? rollout.Pipeline!.Gates.FirstOrDefault(one => one.Name == command.Gate) : null;
        if (gate is null)
        {
            return No(RejectionKind.NotFound, "gate.unknown", $"The pipeline {rollout.Pipeline!.Name} has no gate of that name for this rollout.", $"Name one of: {string.Join(", ", rollout.Pipeline.Gates.Select(one => one.Name))}.");
        }

        if (Of(rollout, command.Gate) is not null)
        {
            return Decision.Nothing;
        }

        return Red(rollout, context.States).Contains(command.Gate)
            ? Decision.Accept(new GateOverridden(command.Gate, context.Actor.Id, context.Reason))
            : No(RejectionKind.Conflict, "gate.not-red", "It keeps no region of this rollout from beginning: it is not red, was not judged yet, or hosts have changed already.", "Look at what the rollout waits for. Missing data cannot be overridden.");
    }

    /// <summary>Gates that keep a region from beginning now. Once hosts have changed, a red gate is evidence against the release, and no longer one of these.</summary>
    public static ImmutableArray<string> Red(Rollout rollout, IStates states) =>
        rollout is not { Kind: RolloutKind.Forward, Ended: false } ? []
        : [.. rollout.Open.Select(region => states.Get<RegionRun>(RunStreams.Of(region.Region, rollout.Id))).Where(run => run.Phase == RunPhase.Observing)
            .SelectMany(run => run.Gates.Where(gate => gate.Value.Last is [.., Verdict.Bad]).Select(gate => gate.Key)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The gate as it judges after an override: what was so before the first host is not the release's doing, what became worse is.</summary>
    public static Gate SinceStart(Gate gate, Rollout rollout, RegionRun run)
    {
        if (Of(rollout, gate.Name) is null)
        {
            return gate;
        }

        if (gate.Hosts is { } hosts)
        {
            return gate with { Hosts = new() { AzIncrease = hosts.AzIncrease ?? 0, RegionIncrease = hosts.RegionIncrease ?? 0, FleetIncrease = hosts.FleetIncrease } };
        }

        var before = GateBounds.Usable(run.Start.IsDefault ? null : run.Start.FirstOrDefault(reading => reading.Metric == gate.Reads && reading.Failure is null)?.Value);
        return before is not { } value ? gate : gate with { Max = gate.Max < value ? value : gate.Max, Min = gate.Min > value ? value : gate.Min };
    }
}
