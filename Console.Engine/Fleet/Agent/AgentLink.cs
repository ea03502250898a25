using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Engine.Fleet.Agent;

/// <summary>An agent's line to the console: dials out, for ever, with a growing and jittered pause; hands in what the console has not taken yet.</summary>
/// <param name="console">The console's address, <c>http(s)://host:port</c>.</param>
/// <param name="jitter">Spreads the agents of a fleet when a console comes back.</param>
public sealed partial class AgentLink(HostAgent agent, Uri console, string token, TimeProvider clock, Random jitter, ILogger<AgentLink> log) : IDisposable
{
    public static readonly TimeSpan VitalsEvery = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, StepReport> _outbox = new();
    private readonly SemaphoreSlim _more = new(0);

    /// <summary>Returns only when cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var failures = 0;
        while (!cancel.IsCancellationRequested)
        {
            var connection = Build(cancel);
            try
            {
                await connection.StartAsync(cancel).ConfigureAwait(false);
                failures = 0;
                LogConnected(agent.Host, console);
                await TalkAsync(connection, cancel).ConfigureAwait(false);
            }
            catch (Exception e) when (e is WebSocketException or HttpRequestException or IOException or InvalidOperationException or HubException or OperationCanceledException or TimeoutException)
            {
                if (!cancel.IsCancellationRequested)
                {
                    LogLost(agent.Host, console, e.Message);
                }
            }
            finally
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }

            await PauseAsync(failures++, cancel).ConfigureAwait(false);
        }
    }

    public void Dispose() => _more.Dispose();

    private HubConnection Build(CancellationToken stopping)
    {
        var uri = new UriBuilder(console) { Scheme = console.Scheme == Uri.UriSchemeHttps ? "wss" : "ws", Path = "/hubs/agent" }.Uri;
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(new WebSocketConnections(token));
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(uri));

        // The console writes words for the values of enumerations, as its API does; an order that cannot be read would be dropped without a sound.
        builder.AddJsonProtocol(json => json.PayloadSerializerOptions.Converters.Add(new JsonStringEnumConverter()));
        var connection = builder.Build();
        connection.On<AgentOrder>(nameof(IAgentClient.Order), order => { _ = Task.Run(() => CarryOutAsync(order, stopping), stopping); });
        return connection;
    }

    private async Task TalkAsync(HubConnection connection, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task OnClosed(Exception? why) => over.CancelAsync();
        connection.Closed += OnClosed;
        try
        {
            await TalkUntilAsync(connection, over.Token).ConfigureAwait(false);
        }
        finally
        {
            connection.Closed -= OnClosed;
        }
    }

    private async Task TalkUntilAsync(HubConnection connection, CancellationToken over)
    {
        var version = typeof(AgentLink).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        await connection.InvokeAsync(nameof(IAgentHub.Hello), new AgentHello(version, agent.Token, agent.Running), over).ConfigureAwait(false);
        var next = clock.GetUtcNow();
        while (!over.IsCancellationRequested)
        {
            foreach (var (id, report) in _outbox)
            {
                try
                {
                    await connection.InvokeAsync(nameof(IAgentHub.Answer), report, over).ConfigureAwait(false);
                }
                catch (HubException e)
                {
                    LogNotTaken(id, e.Message);
                }

                _outbox.TryRemove(new(id, report));
            }

            if (clock.GetUtcNow() >= next)
            {
                await connection.InvokeAsync(nameof(IAgentHub.Vitals), await agent.ReportAsync(over).ConfigureAwait(false), over).ConfigureAwait(false);
                next = clock.GetUtcNow() + VitalsEvery;
            }

            await _more.WaitAsync(TimeSpan.FromSeconds(1), over).ConfigureAwait(false);
        }
    }

    /// <summary>The outbox holds at most one answer for each order that is out, and the console has one out at a time.</summary>
    private async Task CarryOutAsync(AgentOrder order, CancellationToken cancel)
    {
        try
        {
            LogOrder(order.Id, order.Token);
            if (await agent.HandleAsync(order, cancel).ConfigureAwait(false) is { } report)
            {
                _outbox[report.CommandId] = report;
                _more.Release();
                LogAnswer(order.Id, report.Succeeded, report.Detail);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping; the console asks again.
        }
#pragma warning disable CA1031 // nobody awaits this: the log is where a failing disk shows, and the console asks again
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(e, order.Id);
        }
    }

    private async Task PauseAsync(int failures, CancellationToken cancel)
    {
        var longest = Math.Min(LongestPause.TotalSeconds, 0.5 * Math.Pow(2, Math.Min(failures, 10)));
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(longest * (0.5 + (0.5 * jitter.NextDouble()))), clock, cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The loop's condition ends it.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Host} is connected to {Console}")]
    private partial void LogConnected(string host, Uri console);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Host} has no line to {Console}: {Why}; trying again")]
    private partial void LogLost(string host, Uri console, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "order {Order} with token {Token}")]
    private partial void LogOrder(string order, long token);

    [LoggerMessage(Level = LogLevel.Information, Message = "order {Order} answered: {Succeeded} {Detail}")]
    private partial void LogAnswer(string order, bool succeeded, string? detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the console did not take the answer to {Order}: {Why}")]
    private partial void LogNotTaken(string order, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "order {Order} could not be carried out")]
    private partial void LogFailed(Exception e, string order);
}
