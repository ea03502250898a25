using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Notifications;

/// <summary>One message to one subscription, as lists show it.</summary>
/// <param name="Made">When it was made; a transition's happened just before.</param>
/// <param name="Next">When it is tried again; null where it is not.</param>
/// <param name="Path">Of the page that shows the moment.</param>
public sealed record DeliveryLine(string Id, string Subscription, DeliveryState State, int Attempts, string Title, TransitionKind Kind, string? Rollout, DateTimeOffset Made, DateTimeOffset? Next, DateTimeOffset? LastAt, string? Detail, string Path)
{
    /// <summary>Newest first.</summary>
    /// <param name="subscription">Only this one's; null for all.</param>
    /// <param name="rollout">Only this one's; null for all, the cord's and tests' too.</param>
    public static IReadOnlyList<DeliveryLine> List(IStates states, string? subscription, DeliveryState? state, string? rollout, int most) =>
        [.. (from book in states.All<NoticeBook>(NoticeStreams.Family)
             where rollout is null || NoticeStreams.RolloutOf(book.Stream) == rollout
             from notice in book.State.Notices
             from delivery in notice.Deliveries
             where (subscription is null || delivery.Subscription == subscription) && (state is null || delivery.State == state)
             orderby notice.At descending, notice.Number descending, delivery.Subscription
             select new DeliveryLine(
                 delivery.Id, delivery.Subscription, delivery.State, delivery.Attempts, notice.Content.Title, notice.Content.Kind, notice.Content.Rollout, notice.At,
                 delivery.State == DeliveryState.Waiting ? delivery.Next : null, delivery.LastAt, delivery.Detail, notice.Content.Path)).Take(most)];
}
