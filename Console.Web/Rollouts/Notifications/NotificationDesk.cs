using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Rollouts.Notifications;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Rollouts.Notifications;

/// <summary>Sends what the person at the page Notifications wants.</summary>
public sealed class NotificationDesk(ICommands commands, SubscriptionBook book, IViewer viewer, FleetSummaries fleet)
{
    public ValueTask<Actor> MeAsync() => viewer.ActorAsync();

    /// <summary>Why it was refused, or the new signing key, to be shown once.</summary>
    public async Task<(Rejection? Refused, string? NewKey)> SaveAsync(SubscriptionWish wish)
    {
        var placed = wish with { Wished = wish.Wished with { Scopes = [.. wish.Wished.Scopes.Select(scope => fleet.Now.Place(scope) ?? scope)] } };
        var (result, key) = await book.SetAsync(placed, await RequestAsync(new SetSubscription(placed.Wished), null), CancellationToken.None);
        return (result.Rejection, key);
    }

    public Task<Rejection?> RemoveAsync(string name, string reason) => SendAsync(new RemoveSubscription(name), reason);

    public Task<Rejection?> TestAsync(string name) => SendAsync(new TestSubscription(name), null);

    public Task<Rejection?> SetAddressAsync(string? address) => SendAsync(new SetConsoleAddress(string.IsNullOrWhiteSpace(address) ? null : address.Trim()), null);

    private async Task<Rejection?> SendAsync(ICommand command, string? reason) => (await commands.SendAsync(await RequestAsync(command, reason))).Rejection;

    private async Task<CommandRequest> RequestAsync(ICommand command, string? reason) => new(command, await viewer.ActorAsync(), string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(), Cause: "page");
}
