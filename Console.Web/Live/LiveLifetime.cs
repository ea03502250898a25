using Microsoft.AspNetCore.SignalR;

namespace OpsConsole.Web.Live;

/// <summary>Gives each connection its own sender beside what SignalR keeps: SignalR's groups would let one slow client hold up the others.</summary>
internal sealed class LiveLifetime<THub>(LiveConnections connections, ILogger<DefaultHubLifetimeManager<THub>> log) : DefaultHubLifetimeManager<THub>(log)
    where THub : Hub
{
    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        await base.OnConnectedAsync(connection);
        connections.Add(connection);
    }
}
