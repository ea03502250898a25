using Microsoft.AspNetCore.SignalR;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Fleet.Agent;

namespace OpsConsole.Web.Fleet;

/// <summary>Where agents dial in. Who they are was settled before the connection was made: see <see cref="AgentHubSetup"/>.</summary>
public sealed class AgentHub(AgentSessions sessions) : Hub<IAgentClient>, IAgentHub
{
    private string Host => (string)Context.GetHttpContext()!.Items[AgentHubSetup.HostItem]!;

    public override Task OnConnectedAsync()
    {
        var caller = Clients.Caller;
        sessions.Connected(Host, Context.ConnectionId, caller.Order);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        sessions.Disconnected(Host, Context.ConnectionId);
        return Task.CompletedTask;
    }

    public Task Hello(AgentHello hello)
    {
        sessions.Hello(Host, hello);
        return Task.CompletedTask;
    }

    public Task Answer(StepReport report) =>
        sessions.Answer(Host, report) ? Task.CompletedTask : throw new HubException($"{report.Host} is not this agent's host, or the fleet does not have it.");

    public Task Vitals(HostVitals vitals)
    {
        sessions.Vitals(Host, vitals);
        return Task.CompletedTask;
    }
}
