using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Notifications;

/// <summary>What a book of notices is about: its transitions, who is told, and what is said.</summary>
/// <param name="Transitions">Oldest first.</param>
/// <param name="Wait">The one a person must end; null while nobody need do anything.</param>
/// <param name="Concerns">Whether a subscription is told of a transition.</param>
/// <param name="Describe">What is said of it; of which reminder, 0 for none.</param>
internal sealed record NoticeSubject(ImmutableArray<Transition> Transitions, Transition? Wait, Func<Transition, Subscription, bool> Concerns, Func<Transition, int, NoticeContent> Describe)
{
    private static readonly NoticeSubject Nothing = new([], null, (_, _) => false, (_, _) => throw new InvalidOperationException("nothing happened"));

    public static NoticeSubject Of(StreamId book, NotificationState notifications, ImmutableArray<INoticeSource> sources, IStates states, DateTimeOffset now) =>
        NoticeStreams.RolloutOf(book) is { } id ? Of(states.Get<Rollout>(RolloutStreams.Of(id)), states, now)
        : NoticeStreams.AlarmsOf(book) is { } group ? Of(states.Get<AlarmGroup>(AlarmStreams.Of(group)), states)
        : book == NoticeStreams.Cord ? Of(states.Get<CordState>(CordStreams.Only), states)
        : book == NoticeStreams.Tests ? Of(notifications)
        : sources.Select(source => NoticeStreams.KeyOf(source, book) is { } key ? Of(source.Moves(key, states)) : null).FirstOrDefault(subject => subject is not null) ?? Nothing;

    private static NoticeSubject Of(ImmutableArray<ToldMove> moves)
    {
        ToldMove Move(Transition transition) => moves.First(move => move.Transition.Number == transition.Number);
        return new(
            [.. moves.Select(move => move.Transition)],
            null,
            (transition, subscription) => subscription.Wants(transition.Kind) && Move(transition) is var move && new NoticePlace(move.Services, [move.Region], [move.Partition]).Touches(subscription.Scopes),
            (transition, _) => Move(transition).Content);
    }

    /// <summary>Of a rollback, its parent tells that it began and how it ended.</summary>
    private static NoticeSubject Of(Rollout rollout, IStates states, DateTimeOffset now) =>
        !rollout.Exists ? Nothing : new(
            rollout.Transitions,
            RolloutTransitions.PersonWait(rollout),
            (transition, subscription) => subscription.Wants(transition.Kind)
                && !(rollout.Kind == RolloutKind.Rollback && transition.Kind is TransitionKind.Started or TransitionKind.Completed)
                && (subscription.Scopes.IsEmpty || NoticePlace.Of(rollout, transition).Touches(subscription.Scopes)),
            (transition, reminder) => RolloutNotice.Of(rollout, transition, reminder, states, now));

    /// <summary>Actions of alarms that are kept: in a storm the oldest fall out.</summary>
    private static NoticeSubject Of(AlarmGroup group, IStates states)
    {
        AlarmAction Action(Transition transition) => group.Actions.First(action => action.Number == transition.Number);
        return new(
            [.. group.Actions.Select(AlarmNotice.TransitionOf)],
            null,
            (transition, subscription) => subscription.Wants(transition.Kind) && AlarmNotice.Place(group, Action(transition)).Touches(subscription.Scopes),
            (transition, _) => AlarmNotice.Of(group, Action(transition), transition, states));
    }

    private static NoticeSubject Of(CordState cord, IStates states) =>
        new(
            [.. cord.Moves.Select(move => new Transition((int)move.Epoch, move.Pulled ? TransitionKind.CordPulled : TransitionKind.CordReleased, move.At, move.By, move.Reason, null, null))],
            null,
            (transition, subscription) => subscription.Wants(transition.Kind) && cord.Moves.First(move => move.Epoch == transition.Number) is var move && NoticePlace.Of(move, states).Touches(subscription.Scopes),
            (transition, _) => CordNotice.Of(cord.Moves.First(move => move.Epoch == transition.Number), transition));

    private static NoticeSubject Of(NotificationState notifications) =>
        new(
            [.. notifications.Tests.Select(test => new Transition(test.Number, TransitionKind.Test, test.At, test.By, null, null, null))],
            null,
            (transition, subscription) => notifications.Tests.Any(test => test.Number == transition.Number && test.Subscription == subscription.Name),
            (transition, _) => new("This is a test of OpsConsole's notifications", TransitionKind.Test, transition.At, "/notifications", false) { By = transition.By, Why = "somebody tried this subscription; nothing has happened" });
}
