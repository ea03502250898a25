using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Engine.Live;
using OpsConsole.Engine.Rollouts.Notifications;

namespace OpsConsole.Web.Rollouts.Notifications;

/// <summary>Reads what the page Notifications shows, once for all circuits.</summary>
public sealed class NotificationReader(IStates states, LiveFeed feed, TimeProvider clock, IConsoleAddress address)
{
    private readonly Shared<NotificationsModel> _model = new(feed, clock, () =>
    {
        var state = states.Get<NotificationState>(NotificationStreams.Only);
        return new(state.Address ?? address.Address, state.Address is not null, [.. state.Subscriptions.Values], DeliveryLine.List(states, null, null, null, NotificationsModel.MostDeliveries));
    });

    public NotificationsModel Read() => _model.Get().Value;
}
