using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Domain.Rollouts;

/// <summary>The rules of one rollout.</summary>
/// <param name="authorities">Who answers for the data of hosts; null where nobody is to be asked.</param>
public sealed class RolloutDecider(ISafetyAuthorities? authorities = null) : IDecider<Rollout>
{
    public Rollout Initial(StreamId stream) => new(stream.Key);

    public Decision Decide(Rollout state, ICommand command, DecisionContext context) =>
        command switch
        {
            StartRollout start => RolloutStart.Decide(state, start, context, authorities),
            StartRollback start => RolloutStart.Decide(state, start, context),
            AdvanceRollout => RolloutAdvance.Due(state, context.States, context.Now),
            RolloutCommand wish => RolloutIntents.Decide(state, wish, context),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "not a rollout command"),
        };

    public Rollout Apply(Rollout state, IEvent happened, DateTimeOffset at) => RolloutFold.Apply(state, happened, at);

    /// <summary>Who may operate the service may operate its rollouts.</summary>
    public ImmutableArray<Scope> Reach(Rollout state, ICommand command) => [state.Exists ? Scope.OfService(state.Service) : command.Scope];
}
