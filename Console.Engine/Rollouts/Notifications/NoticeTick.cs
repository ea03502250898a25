using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Rollouts.Notifications;

/// <summary>
/// The messages' share of the tick: journals what came of those that were sent, makes those that are due and hands over those that wait. It waits for no
/// receiver, and is the last part: nothing of a rollout waits for it.
/// </summary>
public sealed partial class NoticeTick(ICommands commands, IStates states, NoticePost post, IRetryChance chance, IConsoleAddress address, NoticeDecider decider, IEnumerable<INoticeSource> sources, ILogger<NoticeTick> log) : ITickPart
{
    /// <summary>Commands of one tick, so that a storm of transitions does not make it long.</summary>
    private const int MostCommands = 20;

    /// <summary>Books in which nothing was due at a version of theirs, of their rollout and of the subscriptions: nobody waits there, so time changes nothing.</summary>
    private readonly Dictionary<StreamId, (long, long, long)> _settled = [];

    public async ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var left = MostCommands;
        while (left-- > 0 && post.TryPeek(out var answer))
        {
            await AnswerAsync(answer, cancel).ConfigureAwait(false);
        }

        var notifications = states.Get<NotificationState>(NotificationStreams.Only);
        var books = states.All<NoticeBook>(NoticeStreams.Family).Where(book => book.State.Open).Select(book => book.Stream).ToHashSet();
        if (!notifications.Subscriptions.IsEmpty)
        {
            books.UnionWith([NoticeStreams.Cord, NoticeStreams.Tests, .. states.All<Rollout>(RolloutStreams.Family).Where(rollout => !IsSettled(rollout, now)).Select(rollout => NoticeStreams.Of(rollout.State.Id))]);
            books.UnionWith(states.All<AlarmGroup>(AlarmStreams.Family).Where(group => group.State.LastAction > 0 && !IsSettled(NoticeStreams.OfAlarms(group.State.Name), group.Version, now)).Select(group => NoticeStreams.OfAlarms(group.State.Name)));
            books.UnionWith(from source in sources from book in source.Books(states) let stream = NoticeStreams.Of(source, book.Key) where !IsSettled(stream, book.Version, now) select stream);
        }

        foreach (var book in books.OrderBy(book => book.Value, StringComparer.Ordinal))
        {
            if (left > 0 && decider.Due(book, states.Get<NoticeBook>(book), states, now) is { IsEmpty: false })
            {
                left--;
                await SendAsync(new AdvanceNotices(book), cancel).ConfigureAwait(false);
            }
        }

        HandOver(books, notifications, now);
    }

    /// <summary>An answer stays where the journal could not take it, and is brought again at the next tick.</summary>
    private async Task AnswerAsync(NoticePost.Answer answer, CancellationToken cancel)
    {
        var attempts = states.Get<NoticeBook>(answer.Book).Find(answer.Delivery)?.Attempts ?? 0;
        var rejection = await SendAsync(new NoteAttempt(answer.Book, answer.Delivery, answer.Outcome, chance.Of(answer.Delivery, attempts)), cancel).ConfigureAwait(false);
        if (rejection is not { Kind: RejectionKind.Unavailable })
        {
            post.Kept();
        }
    }

    private void HandOver(IEnumerable<StreamId> books, NotificationState notifications, DateTimeOffset now)
    {
        var due = from book in books
                  from notice in states.Get<NoticeBook>(book).Notices
                  where notice.Open
                  from delivery in notice.Deliveries
                  where delivery.State == DeliveryState.Waiting && delivery.Next <= now && post.IsFree(delivery.Subscription)
                  group (book, notice, delivery) by delivery.Subscription;
        foreach (var subscription in due)
        {
            var (book, notice, delivery) = subscription.OrderBy(one => one.delivery.Next).ThenBy(one => one.notice.Number).ThenBy(one => one.book.Value, StringComparer.Ordinal).First();
            if (notifications.Subscriptions.TryGetValue(subscription.Key, out var to))
            {
                post.Send(book, new(delivery.Id, to, notice.Content, $"{notifications.Address ?? address.Address}{notice.Content.Path}"));
            }
        }
    }

    /// <summary>Whether all that can be told of a rollout now was told, and no reminder will be due before something happens.</summary>
    private bool IsSettled(StreamState<Rollout> rollout, DateTimeOffset now)
    {
        if (RolloutTransitions.PersonWait(rollout.State) is not null)
        {
            return false;
        }

        return IsSettled(NoticeStreams.Of(rollout.State.Id), rollout.Version, now);
    }

    /// <param name="version">Of what the book is about.</param>
    private bool IsSettled(StreamId book, long version, DateTimeOffset now)
    {
        var versions = (version, states.VersionOf(book), states.VersionOf(NotificationStreams.Only));
        if (_settled.GetValueOrDefault(book) == versions)
        {
            return true;
        }

        var state = states.Get<NoticeBook>(book);
        if (!state.Open && decider.Due(book, state, states, now).IsEmpty)
        {
            _settled[book] = versions;
        }

        return false;
    }

    private async Task<Rejection?> SendAsync(ICommand command, CancellationToken cancel)
    {
        var result = await commands.SendAsync(new(command, Actor.Engine, Cause: "tick"), cancel).ConfigureAwait(false);
        if (result.Rejection is { } rejection)
        {
            LogRefused(command.GetType().Name, result.Stream.Value, rejection.Code, rejection.Why);
        }

        return result.Rejection;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Command} on {Stream} was refused ({Code}): {Why}; it is tried again at the next tick")]
    private partial void LogRefused(string command, string stream, string code, string why);
}
