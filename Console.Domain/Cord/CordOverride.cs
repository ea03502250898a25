using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Cord;

/// <summary>One rollout that may work in spite of one pull of the cord. It ends with the pull, and the banner lists it.</summary>
public sealed record CordOverride(string Pull, string Rollout, string By, string Reason, DateTimeOffset At);

/// <summary>Lets one rollout work in spite of one pull, by the pull's name; needs a reason. Nothing resumes by it: a person resumes the rollout.</summary>
/// <param name="Pull">Id of a pull in force; any other is refused, so that no override outlives what it overrides.</param>
/// <param name="HostsReadOnly">Must be said where the pull made hosts read-only: the work brings them back to writing for as long as it takes.</param>
public sealed record OverrideCord(string Pull, string Rollout, bool HostsReadOnly = false) : ICommand
{
    public StreamId Stream => CordStreams.Only;

    public Permission Needs => Permission.OverrideCord;

    public Scope Scope => Scope.Global;
}

[EventType("cord.overridden")]
public sealed record CordOverridden(string Pull, string Rollout, string By, string Reason) : IEvent;

internal static class CordOverrides
{
    public static Decision Decide(CordState state, OverrideCord command, DecisionContext context)
    {
        Rejection No(RejectionKind kind, string code, string why, string @do) => new(kind, code, $"The cord {command.Pull} was not overridden for {command.Rollout}.", why, @do);
        return state.InForce.FirstOrDefault(pull => pull.Id == command.Pull) is not { } pull
                ? No(RejectionKind.NotFound, "cord.no-such-pull", "It is not in force: released before, or never pulled.", "Name one of the pulls in force.")
            : HostRulesProblem(command.Rollout) is { } wrong
                ? No(RejectionKind.Invalid, "cord.rollout", wrong, "Name one rollout.")
            : string.IsNullOrWhiteSpace(context.Reason)
                ? No(RejectionKind.Invalid, "cord.reason-missing", "No reason was given.", "Say why this rollout must work in spite of the stop.")
            : pull.Mode == CordMode.ReadOnly && !command.HostsReadOnly
                ? No(RejectionKind.Blocked, "cord.read-only", "The pull makes hosts refuse writes, and that was not named.", "Say that the hosts' read-only mode is overridden too, if it must be.")
            : state.Overridden(pull, command.Rollout)
                ? Decision.Nothing
            : Decision.Accept(new CordOverridden(pull.Id, command.Rollout, context.Actor.Id, context.Reason));
    }

    private static string? HostRulesProblem(string? rollout) => Fleet.HostRules.NameProblem(rollout) is { } why ? $"The rollout's name is none: {why}." : null;
}
