using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Cord;

/// <summary>The rules of the emergency cord.</summary>
/// <param name="rules">What other slices have to say on pulls.</param>
public sealed class CordDecider(params ImmutableArray<ICordRule> rules) : IDecider<CordState>
{
    private static readonly CordState Open = new();

    public CordState Initial(StreamId stream) => Open;

    public Decision Decide(CordState state, ICommand command, DecisionContext context) =>
        command switch
        {
            PullCord pull => Pull(state, pull, context),
            ReleaseCord release => Release(state, release, context),
            OverrideCord over => CordOverrides.Decide(state, over, context),
            PullForCause pull => CausePulls.Decide(state, pull, context),
            RearmCauses rearm => CausePulls.Decide(state, rearm),
            RequireSecondPerson require => require.Required == state.SecondPerson ? Decision.Nothing : Decision.Accept(new SecondPersonSet(require.Required)),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "not a cord command"),
        };

    public CordState Apply(CordState state, IEvent happened, DateTimeOffset at) =>
        happened switch
        {
            CordPulled e => state with
            {
                Epoch = e.Epoch,
                InForce = state.InForce.Add(new(e.Id, e.Scope, e.Mode, e.By, e.Reason, at, e.Epoch) { Cause = e.Cause }),
                Latches = CausePulls.Pulled(state, e, at),
                LastPulls = state.LastPulls.SetItem(e.Scope.ToString(), e.Epoch),
                LastStops = (state.LastStops ?? state.LastPulls) is var stops && e.Mode.LetsFinish() ? stops : stops.SetItem(e.Scope.ToString(), e.Epoch),
                Moves = Moved(state, new(e.Epoch, true, e.Id, e.Scope, e.Mode, e.By, e.Reason, at)),
            },
            CordReleaseProposed e => state with { InForce = [.. state.InForce.Select(pull => pull.Id == e.Id ? pull with { ReleaseProposedBy = e.By, ReleaseReason = e.Reason } : pull)] },
            CordReleased e => state with
            {
                Epoch = e.Epoch,
                InForce = state.InForce.RemoveAll(pull => pull.Id == e.Id),
                Latches = CausePulls.Released(state, e.Id, at),
                Overrides = state.Overrides.IsDefault ? [] : state.Overrides.RemoveAll(one => one.Pull == e.Id),
                Moves = state.InForce.FirstOrDefault(pull => pull.Id == e.Id) is { } pull ? Moved(state, new(e.Epoch, false, e.Id, pull.Scope, pull.Mode, e.By, e.Reason, at)) : state.Moves,
            },
            CordOverridden e => state with { Overrides = (state.Overrides.IsDefault ? [] : state.Overrides).Add(new(e.Pull, e.Rollout, e.By, e.Reason, at)) },
            CausesRearmed e => state with { Latches = state.Latches.RemoveRange(e.Causes) },
            SecondPersonSet e => state with { SecondPerson = e.Required },
            _ => state,
        };

    /// <summary>A release needs the permission where the pull holds, not everywhere.</summary>
    public ImmutableArray<Scope> Reach(CordState state, ICommand command) =>
        state.InForce.FirstOrDefault(pull => pull.Id == (command switch { ReleaseCord release => release.Pull, OverrideCord over => over.Pull, _ => null })) is { } found ? [found.Scope] : [command.Scope];

    private static ImmutableArray<CordMove> Moved(CordState state, CordMove move) => [.. state.Moves.TakeLast(CordState.MovesKept - 1), move];

    private Decision Pull(CordState state, PullCord command, DecisionContext context)
    {
        if (state.InForce.Any(pull => pull.Scope.ToString() == command.Scope.ToString() && pull.Mode == command.Mode))
        {
            return Decision.Nothing;
        }

        if (CordScopes.Check(command.Scope, context.States) is { } unknown)
        {
            return unknown;
        }

        if (rules.Select(rule => rule.Refuses(command, state, context)).FirstOrDefault(refused => refused is not null) is { } refused)
        {
            return refused;
        }

        var reason = string.IsNullOrWhiteSpace(context.Reason) ? "no reason given" : context.Reason;
        return Decision.Accept(CordPulled.Next(state, command.Scope, command.Mode, context.Actor.Id, reason));
    }

    private static Decision Release(CordState state, ReleaseCord command, DecisionContext context)
    {
        if (state.InForce.FirstOrDefault(pull => pull.Id == command.Pull) is not { } pull)
        {
            return new Rejection(RejectionKind.NotFound, "cord.no-such-pull", $"The cord {command.Pull} was not released.", "It is not in force: released before, or never pulled.", "Look at the list of pulls in force.");
        }

        if (string.IsNullOrWhiteSpace(context.Reason))
        {
            return new Rejection(RejectionKind.Invalid, "cord.reason-missing", $"The cord {command.Pull} was not released.", "No reason was given.", "Say why it is safe to release it.");
        }

        if (!state.SecondPerson)
        {
            return Decision.Accept(new CordReleased(pull.Id, context.Actor.Id, context.Reason, state.Epoch + 1));
        }

        if (pull.ReleaseProposedBy is null)
        {
            return Decision.Accept(new CordReleaseProposed(pull.Id, context.Actor.Id, context.Reason));
        }

        if (pull.ReleaseProposedBy == context.Actor.Id)
        {
            return new Rejection(RejectionKind.Blocked, "cord.second-person", $"The cord {command.Pull} was not released.", $"{context.Actor.Id} proposed the release, and a second person must confirm it.", "Ask somebody else with the role to release it.")
                .With("proposed-by", pull.ReleaseProposedBy);
        }

        return Decision.Accept(new CordReleased(pull.Id, context.Actor.Id, $"{context.Reason} (proposed by {pull.ReleaseProposedBy}: {pull.ReleaseReason})", state.Epoch + 1));
    }
}
