using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Fleet;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Cord;

/// <summary>The cord as pages show it.</summary>
/// <param name="InFlight">Host commands that have left and are not answered.</param>
public sealed record CordModel(CordState State, ImmutableArray<HostCommand> InFlight, FleetSummary Fleet)
{
    /// <summary>What a pull over the scope stops, in numbers.</summary>
    public string BlastRadius(Scope scope, int rolloutsUnderWay)
    {
        var (hosts, regions) = Fleet.In(scope);
        return $"{Ages.Of(hosts, "host")} in {Ages.Of(regions, "region")}; {Ages.Of(rolloutsUnderWay, "rollout")} under way; {Ages.Of(FlyingIn(scope), "command")} in flight";
    }

    public int FlyingIn(Scope scope) => InFlight.Count(command => CordState.Holds(scope, command.Host));

    public static string Words(CordMode mode) =>
        mode switch
        {
            CordMode.HaltAndRollBack => "Halt and roll back",
            CordMode.ReadOnly => "Halt, hosts read-only",
            CordMode.HoldNew => "Hold new work",
            CordMode.HaltNotBegun => "Halt what has not begun",
            _ => "Halt",
        };

    public static string Explain(CordMode mode) =>
        mode switch
        {
            CordMode.HaltAndRollBack => "No host command leaves except those that bring rollouts in the scope back to a release proven good.",
            CordMode.ReadOnly => "No host command leaves except the one that makes the scope's hosts refuse writes. Reads, scrub and repair go on.",
            CordMode.HoldNew => "No reservation is granted and no visit begins. Work under way on hosts is finished.",
            CordMode.HaltNotBegun => "As hold new work, and hosts that automation holds without having begun are given back.",
            _ => "No host command leaves. Hosts that are out of service stay out; nothing rolls back.",
        };

    public static string Words(PullKind kind) =>
        kind switch
        {
            PullKind.Casualties => "hosts that did not come back right",
            PullKind.DurabilityFloor => "a store below its floor",
            _ => "a placement too old",
        };

    public static string Words(Scope scope) => scope.Kind == ScopeKind.Global ? "everything" : scope.Kind == ScopeKind.Store ? $"service {scope.Service} in {scope.Region}" : $"{scope.Kind.ToString().ToLowerInvariant()} {scope.Name}";
}
