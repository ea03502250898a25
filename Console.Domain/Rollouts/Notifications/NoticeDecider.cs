using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Notifications;

/// <summary>The rules of what is told. Of rollouts, alarms and the cord it is decided on the newest of everything, since they belong to the same writer; of other slices on what is committed.</summary>
/// <param name="sources">What other slices tell.</param>
public sealed class NoticeDecider(params ImmutableArray<INoticeSource> sources) : IDecider<NoticeBook>
{
    public NoticeBook Initial(StreamId stream) => new();

    public Decision Decide(NoticeBook state, ICommand command, DecisionContext context) =>
        command switch
        {
            AdvanceNotices advance => Decision.Accept([.. Due(advance.Book, state, context.States, context.Now)]),
            NoteAttempt attempt => Attempted(state, attempt, context.Now),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "not a command about notices"),
        };

    /// <summary>What <see cref="AdvanceNotices"/> would lead to now.</summary>
    public ImmutableArray<IEvent> Due(StreamId book, NoticeBook state, IStates states, DateTimeOffset now)
    {
        var notifications = states.Get<NotificationState>(NotificationStreams.Only);
        return NoticesDue.Of(book, state, NoticeSubject.Of(book, notifications, sources, states, now), notifications, now);
    }

    public NoticeBook Apply(NoticeBook state, IEvent happened, DateTimeOffset at) =>
        happened switch
        {
            NoticeMade e => Made(state, e.Notice),
            NoticeDelivered e => Change(state, e.Delivery, one => one with { State = DeliveryState.Delivered, Attempts = one.Attempts + 1, Detail = e.Detail, LastAt = at }),
            NoticeAttemptFailed e => Change(state, e.Delivery, one => one with { Attempts = one.Attempts + 1, Detail = e.Detail, Next = e.Next, LastAt = at }),
            NoticeEnded e => Change(state, e.Delivery, one => one with { State = e.State, Attempts = one.Attempts + (e.Attempted ? 1 : 0), Detail = e.Why, LastAt = at }),
            _ => state,
        };

    /// <summary>What is said of a delivery that has ended changes nothing: an answer may come after it was given up.</summary>
    private static Decision Attempted(NoticeBook state, NoteAttempt attempt, DateTimeOffset now)
    {
        if (state.Find(attempt.Delivery) is not { State: DeliveryState.Waiting } delivery)
        {
            return Decision.Nothing;
        }

        var (outcome, failed) = (attempt.Outcome, delivery.Attempts + 1);
        if (outcome.Accepted)
        {
            return Decision.Accept(new NoticeDelivered(delivery.Id, outcome.Detail));
        }

        if (outcome.Never || failed >= Retry.MostAttempts)
        {
            return Decision.Accept(new NoticeEnded(delivery.Id, DeliveryState.Undelivered, outcome.Never ? outcome.Detail : $"{failed} attempts failed: {outcome.Detail}", Attempted: true));
        }

        var pause = Retry.Pause(failed, attempt.Chance);
        var asked = outcome.NotBefore is { } wished && wished > pause ? wished : pause;
        return Decision.Accept(new NoticeAttemptFailed(delivery.Id, outcome.Detail, now + asked));
    }

    private static NoticeBook Made(NoticeBook state, Notice notice)
    {
        var after = state with { Notices = Kept(state.Notices.Add(notice)) };
        if (notice.After == 0)
        {
            return after with { Noted = Math.Max(state.Noted, notice.Number) };
        }

        var before = state.Reminded == notice.Number ? state.RemindedAfter : state.RemindedAfter.Clear();
        return after with { Reminded = notice.Number, RemindedAfter = before.SetItems(notice.Deliveries.Select(delivery => KeyValuePair.Create(delivery.Subscription, notice.After))) };
    }

    private static NoticeBook Change(NoticeBook state, string id, Func<Delivery, Delivery> change) =>
        state with { Notices = [.. state.Notices.Select(notice => notice.Deliveries.Any(delivery => delivery.Id == id) ? notice with { Deliveries = [.. notice.Deliveries.Select(delivery => delivery.Id == id ? change(delivery) : delivery)] } : notice)] };

    private static ImmutableArray<Notice> Kept(ImmutableArray<Notice> all)
    {
        var closed = all.Count(notice => !notice.Open) - NotificationLimits.NoticesKept;
        var kept = closed > 0 ? [.. all.Where(notice => notice.Open || closed-- <= 0)] : all;
        return kept.Length > NotificationLimits.MostNotices ? kept[^NotificationLimits.MostNotices..] : kept;
    }
}
