using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Tests.Rollouts.Calendar;

namespace OpsConsole.Tests.Rollouts.Notifications;

/// <summary>What is due and what became of it, without an engine: the cord is what happens here.</summary>
public sealed class NoticeDeciderTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 3, 0, 0, TimeSpan.Zero);
    private static readonly NoticeDecider Decider = new();
    private static readonly Subscription Ops = new("ops", Channel.Webhook, "x") { Since = Start };
    private readonly CordDecider _cordDecider = new();
    private CordState _cord = new();
    private NotificationState _notifications = new();
    private NoticeBook _book = new();

    [Fact]
    public void The_same_look_again_makes_nothing_and_a_book_that_was_lost_makes_the_same_ids()
    {
        Subscribe(Ops, Ops with { Name = "chat" });
        Pull(1);
        var first = Assert.Single(Advance(Start.AddSeconds(1)));
        Assert.Equal(["chat", "ops"], first.Deliveries.Select(delivery => delivery.Subscription));
        Assert.Equal(2, first.Deliveries.Select(delivery => delivery.Id).Distinct().Count());
        Assert.Empty(Advance(Start.AddSeconds(2)));
        Assert.Empty(Advance(Start.AddHours(3)));

        _book = new();
        Assert.Equal(first.Deliveries.Select(delivery => delivery.Id), Assert.Single(Advance(Start.AddMinutes(5))).Deliveries.Select(delivery => delivery.Id));
    }

    [Fact]
    public void A_pull_and_its_release_between_two_looks_are_both_told()
    {
        Subscribe(Ops);
        Pull(1);
        _cord = _cordDecider.Apply(_cord, new CordReleased("c-1", "person:ada", "false alarm", 2), Start.AddSeconds(1));
        Assert.Equal([TransitionKind.CordPulled, TransitionKind.CordReleased], Advance(Start.AddSeconds(2)).Select(notice => notice.Content.Kind));
    }

    [Fact]
    public void What_was_before_the_subscription_or_is_not_asked_for_is_not_told()
    {
        Pull(1);
        Subscribe(Ops with { Since = Start.AddSeconds(1) }, Ops with { Name = "ends", Transitions = [TransitionKind.Completed] });
        Assert.Empty(Advance(Start.AddSeconds(2)));
    }

    [Fact]
    public void An_acknowledgement_ends_a_delivery_and_a_later_failure_does_not_wake_it()
    {
        var delivery = One();
        Attempt(delivery, new(true, "answered 200"), Start.AddSeconds(2));
        Assert.Equal((DeliveryState.Delivered, 1), (Now(delivery).State, Now(delivery).Attempts));
        Attempt(delivery, new(false, "answered 500"), Start.AddSeconds(3));
        Assert.Equal((DeliveryState.Delivered, 1), (Now(delivery).State, Now(delivery).Attempts));
    }

    [Fact]
    public void A_failure_is_tried_again_later_or_when_the_receiver_says()
    {
        var delivery = One();
        Attempt(delivery, new(false, "answered 500"), Start.AddSeconds(10));
        Assert.Equal((DeliveryState.Waiting, Start.AddSeconds(15), "answered 500"), (Now(delivery).State, Now(delivery).Next, Now(delivery).Detail));
        Attempt(delivery, new(false, "answered 429") { NotBefore = TimeSpan.FromMinutes(10) }, Start.AddSeconds(20));
        Assert.Equal(Start.AddSeconds(20).AddMinutes(10), Now(delivery).Next);
    }

    [Fact]
    public void Twelve_failures_a_day_or_a_receiver_that_is_gone_end_it_as_undelivered()
    {
        var delivery = One();
        for (var n = 0; n < Retry.MostAttempts; n++)
        {
            Attempt(delivery, new(false, "answered 500"), Start.AddMinutes(n));
        }

        Assert.Equal((DeliveryState.Undelivered, Retry.MostAttempts), (Now(delivery).State, Now(delivery).Attempts));

        _book = new();
        delivery = Assert.Single(Advance(Start)).Deliveries[0].Id;
        Attempt(delivery, new(false, "answered 410: gone") { Never = true }, Start);
        Assert.Equal((DeliveryState.Undelivered, 1), (Now(delivery).State, Now(delivery).Attempts));

        _book = new();
        delivery = Assert.Single(Advance(Start)).Deliveries[0].Id;
        Advance(Start.AddHours(23.9));
        Assert.Equal(DeliveryState.Waiting, Now(delivery).State);
        Advance(Start.AddHours(24));
        Assert.Equal(DeliveryState.Undelivered, Now(delivery).State);
    }

    [Fact]
    public void Books_stay_small()
    {
        Subscribe(Ops);
        for (var epoch = 1; epoch <= 2_000; epoch++)
        {
            Pull(epoch);
            var made = Assert.Single(Advance(Start.AddSeconds(epoch)));
            Attempt(made.Deliveries[0].Id, new(true, "ok"), Start.AddSeconds(epoch));
        }

        Assert.Equal((CordState.MovesKept, 2_000), (_cord.Moves.Length, _book.Noted));
        Assert.InRange(_book.Notices.Length, NotificationLimits.NoticesKept, NotificationLimits.NoticesKept + 1);
    }

    [Fact]
    public void Only_the_engine_says_what_was_sent()
    {
        var delivery = One();
        var permitted = Permissions.May(Actor.Person("ada", Role.Admin), new NoteAttempt(NoticeStreams.Cord, delivery, new(true, ""), 0).Needs, Scope.Global);
        Assert.False(permitted);
    }

    private string One()
    {
        Subscribe(Ops);
        Pull(1);
        return Assert.Single(Advance(Start)).Deliveries[0].Id;
    }

    private void Subscribe(params Subscription[] all) => _notifications = _notifications with { Subscriptions = _notifications.Subscriptions.SetItems(all.Select(one => KeyValuePair.Create(one.Name, one))) };

    private void Pull(int epoch) => _cord = _cordDecider.Apply(_cord, new CordPulled($"c-{epoch}", Scope.Global, CordMode.Halt, "person:ada", "alarm", epoch), Start);

    private Notice[] Advance(DateTimeOffset now) => [.. Do(new AdvanceNotices(NoticeStreams.Cord), now).OfType<NoticeMade>().Select(made => made.Notice)];

    private void Attempt(string delivery, SendOutcome outcome, DateTimeOffset now) => Do(new NoteAttempt(NoticeStreams.Cord, delivery, outcome, 0.5), now);

    private ImmutableArray<IEvent> Do(NoticeCommand command, DateTimeOffset now)
    {
        var states = new GivenStates((NotificationStreams.Only, _notifications), (CordStreams.Only, _cord));
        var decision = Decider.Decide(_book, command, new(now, Actor.Engine, null, states));
        Assert.Null(decision.Rejection);
        _book = decision.Events.Aggregate(_book, (book, happened) => Decider.Apply(book, happened, now));
        return decision.Events;
    }

    private Delivery Now(string delivery) => _book.Find(delivery)!;
}
