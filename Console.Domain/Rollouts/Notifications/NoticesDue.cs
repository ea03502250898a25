using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Notifications;

/// <summary>Which notices are due, from what is known now; asking again after they were made gives none.</summary>
internal static class NoticesDue
{
    public static ImmutableArray<IEvent> Of(StreamId book, NoticeBook state, NoticeSubject subject, NotificationState notifications, DateTimeOffset now)
    {
        var made = Transitions(book, state, subject, notifications, now).ToArray();
        var reminders = Reminders(book, state, subject, notifications, now).ToArray();
        return [.. made, .. Ended(state, subject, notifications, reminders, now), .. reminders];
    }

    private static IEnumerable<NoticeMade> Transitions(StreamId book, NoticeBook state, NoticeSubject subject, NotificationState notifications, DateTimeOffset now)
    {
        foreach (var transition in subject.Transitions.Where(one => one.Number > state.Noted))
        {
            var told = notifications.Subscriptions.Values.Where(one => transition.At >= one.Since && subject.Concerns(transition, one)).ToArray();
            if (told.Length > 0)
            {
                yield return Made(book, transition, 0, subject.Describe(transition, 0), told, now);
            }
        }
    }

    /// <summary>Of those that were missed, only the last: the reminder counts them.</summary>
    private static IEnumerable<NoticeMade> Reminders(StreamId book, NoticeBook state, NoticeSubject subject, NotificationState notifications, DateTimeOffset now)
    {
        if (subject.Wait is not { } wait)
        {
            return [];
        }

        var due = from one in notifications.Subscriptions.Values
                  let every = one.Remind ?? TimeSpan.Zero
                  where every > TimeSpan.Zero && subject.Concerns(wait, one)
                  let count = (int)Math.Min((now - wait.At).Ticks / every.Ticks, int.MaxValue)
                  let after = (long)(every * count).TotalSeconds
                  where count > 0 && wait.At.AddSeconds(after) >= one.Since && after > (state.Reminded == wait.Number ? state.RemindedAfter.GetValueOrDefault(one.Name) : 0)
                  group one by (after, count);
        return due.OrderBy(group => group.Key).Select(group => Made(book, wait, group.Key.after, subject.Describe(wait, group.Key.count), [.. group], now));
    }

    /// <summary>What is not worth sending any more.</summary>
    private static IEnumerable<NoticeEnded> Ended(NoticeBook state, NoticeSubject subject, NotificationState notifications, NoticeMade[] reminders, DateTimeOffset now)
    {
        var reminded = reminders.SelectMany(made => made.Notice.Deliveries).Select(delivery => delivery.Subscription).ToHashSet();
        foreach (var (notice, delivery) in state.Notices.SelectMany(notice => notice.Deliveries.Where(delivery => delivery.State == DeliveryState.Waiting).Select(delivery => (notice, delivery))))
        {
            var ended = !notifications.Subscriptions.ContainsKey(delivery.Subscription) ? (DeliveryState.Dropped, "its subscription was removed")
                : notice.After > 0 && subject.Wait?.Number != notice.Number ? (DeliveryState.Dropped, "what it reminded of is over")
                : notice.After > 0 && reminded.Contains(delivery.Subscription) ? (DeliveryState.Dropped, "a later reminder took its place")
                : now >= notice.At + Retry.GivenUpAfter ? (DeliveryState.Undelivered, $"not delivered within {Words.Of(Retry.GivenUpAfter)}: {delivery.Detail ?? "it was never tried"}")
                : ((DeliveryState State, string Why)?)null;
            if (ended is var (how, why))
            {
                yield return new NoticeEnded(delivery.Id, how, why, Attempted: false);
            }
        }
    }

    private static NoticeMade Made(StreamId book, Transition transition, long after, NoticeContent content, Subscription[] told, DateTimeOffset now) =>
        new(new(transition.Number, after, now, content, [.. told.Select(one => new Delivery(NoticeIds.Of(book, transition.Number, after, one.Name), one.Name, DeliveryState.Waiting, 0, now))]));
}
