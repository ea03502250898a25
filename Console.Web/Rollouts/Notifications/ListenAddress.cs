using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OpsConsole.Engine.Rollouts.Notifications;

namespace OpsConsole.Web.Rollouts.Notifications;

/// <summary>Where the console listens, as it was given.</summary>
internal sealed class ListenAddress(IServer server) : IConsoleAddress
{
    public string? Address => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?.TrimEnd('/');
}
