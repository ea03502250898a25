using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Engine.Fleet.Agent;

/// <summary>Drives hosts whose agents live in this process, through the same agent that runs on machines outside: what works here works there.</summary>
public sealed partial class InProcessAgentDriver(HostDriver kind, IHostReports reports, ILogger<InProcessAgentDriver> log) : IHostDriver, IDisposable
{
    private readonly ConcurrentDictionary<string, HostAgent> _agents = new();
    private readonly CancellationTokenSource _stopping = new();
    private int _disposed;

    public HostDriver Kind => kind;

    public IReadOnlyCollection<string> Hosts => [.. _agents.Keys];

    /// <summary>From now on this agent carries out what is sent to its host; an earlier one of the same host is forgotten.</summary>
    public void Register(HostAgent agent) => _agents[agent.Host] = agent;

    public void Remove(string host) => _agents.TryRemove(host, out _);

    /// <summary>An order to a host without an agent is lost: the gate sends it again, and the visit's deadline ends it.</summary>
    public void Send(HostCommand command)
    {
        if (_agents.TryGetValue(command.Host.Id, out var agent))
        {
            _ = Task.Run(() => CarryOutAsync(agent, command));
        }
        else
        {
            LogNoAgent(command.Host.Id, command.Id);
        }
    }

    /// <summary>May be called twice: a container that knows the driver by two names disposes it by each.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _stopping.Cancel();
            _stopping.Dispose();
        }
    }

    private async Task CarryOutAsync(HostAgent agent, HostCommand command)
    {
        try
        {
            if (await agent.HandleAsync(AgentOrder.Of(command), _stopping.Token).ConfigureAwait(false) is { } report)
            {
                reports.Report(command.Host.Region, report);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The console is stopping; after its start the gate asks again.
        }
#pragma warning disable CA1031 // nobody awaits this: the log is where a failing agent shows
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(e, command.Host.Id, command.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "host {Host} has no agent yet; order {Order} is lost and will be sent again")]
    private partial void LogNoAgent(string host, string order);

    [LoggerMessage(Level = LogLevel.Error, Message = "the agent of host {Host} could not carry out {Order}")]
    private partial void LogFailed(Exception e, string host, string order);
}
