using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Fleet.Agent;

/// <summary>One agent's connection and what it last said.</summary>
public sealed record AgentSession(string Host, string Connection, DateTimeOffset Since, Func<AgentOrder, Task> Send)
{
    public AgentHello? Hello { get; init; }

    public HostVitals? Vitals { get; init; }
}

/// <summary>Which agents are connected. At most one session a host: an agent that connects again replaces its older one.</summary>
public sealed partial class AgentSessions(IStates states, IHostReports reports, TimeProvider clock, ILogger<AgentSessions> log)
{
    private readonly ConcurrentDictionary<string, AgentSession> _sessions = new();
    private readonly ConcurrentDictionary<string, bool> _sending = new();

    public IReadOnlyCollection<AgentSession> All => [.. _sessions.Values];

    public AgentSession? Of(string host) => _sessions.GetValueOrDefault(host);

    public void Connected(string host, string connection, Func<AgentOrder, Task> send)
    {
        _sessions[host] = new AgentSession(host, connection, clock.GetUtcNow(), send);
        LogConnected(host);
    }

    public void Disconnected(string host, string connection)
    {
        if (_sessions.TryGetValue(host, out var session) && session.Connection == connection && _sessions.TryRemove(new(host, session)))
        {
            LogDisconnected(host);
        }
    }

    public void Hello(string host, AgentHello hello) => Update(host, session => session with { Hello = hello });

    /// <summary>The console's own clock dates it: agents' clocks may be wrong.</summary>
    public void Vitals(string host, HostVitals vitals) => Update(host, session => session with { Vitals = vitals with { Host = host, At = clock.GetUtcNow(), Detail = vitals.Detail is { Length: > 500 } longer ? longer[^500..] : vitals.Detail } });

    /// <summary>Takes an answer of this host; false where it speaks of another host or of one the fleet does not have.</summary>
    public bool Answer(string host, StepReport report)
    {
        var region = report.Host == host ? RegionOf(host) : null;
        if (region is null)
        {
            LogForeign(host, report.Host);
            return false;
        }

        reports.Report(region, report);
        return true;
    }

    /// <summary>Sends where the host is connected and its last order is not still on its way; else the order is lost and the gate sends it again.</summary>
    internal void Send(AgentOrder order)
    {
        if (_sessions.TryGetValue(order.Host, out var session) && _sending.TryAdd(order.Host, true))
        {
            _ = Task.Run(() => SendAsync(session, order));
        }
    }

    private async Task SendAsync(AgentSession session, AgentOrder order)
    {
        try
        {
            await session.Send(order).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // a connection that broke under us: the agent connects again and the gate sends again
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogNotSent(e, session.Host, order.Id);
        }
        finally
        {
            _sending.TryRemove(order.Host, out _);
        }
    }

    private void Update(string host, Func<AgentSession, AgentSession> change)
    {
        if (_sessions.TryGetValue(host, out var session))
        {
            _sessions.TryUpdate(host, change(session), session);
        }
    }

    private string? RegionOf(string host) =>
        states.All<RegionFleet>(FleetStreams.Family).FirstOrDefault(region => region.State.Hosts.ContainsKey(host))?.State.Region;

    [LoggerMessage(Level = LogLevel.Information, Message = "the agent of {Host} is connected")]
    private partial void LogConnected(string host);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the agent of {Host} is gone")]
    private partial void LogDisconnected(string host);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the agent of {Host} reported on {Other}; dropped")]
    private partial void LogForeign(string host, string other);

    [LoggerMessage(Level = LogLevel.Warning, Message = "order {Order} did not reach the agent of {Host}")]
    private partial void LogNotSent(Exception e, string host, string order);
}

/// <summary>Drives hosts that have an agent of their own, on machines outside.</summary>
public sealed class AgentDriver(AgentSessions sessions) : IHostDriver
{
    public HostDriver Kind => HostDriver.Agent;

    public void Send(HostCommand command) => sessions.Send(AgentOrder.Of(command));
}
