using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using OpsConsole.Engine.Fleet.Agent;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Bench;

/// <summary>One hub client that notes how old each change is when it has it.</summary>
internal sealed class LiveListener : IAsyncDisposable
{
    private readonly HubConnection _hub;
    private readonly TaskCompletionSource _current = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LiveListener(Uri hub, LiveLoad load, LatencyHistogram latencies)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(new WebSocketConnections("none"));
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(hub));
        _hub = builder.Build();
        _hub.On<JsonElement>(nameof(ILiveClient.Delta), delta =>
        {
            var now = Stopwatch.GetTimestamp();
            foreach (var item in delta.GetProperty("changed").EnumerateArray())
            {
                var host = item.GetProperty("value");
                if (load.CommittedAt(item.GetProperty("key").GetString()!, Text(host, "visit"), Text(host, "step")) is { } committed)
                {
                    latencies.Add(Stopwatch.GetElapsedTime(committed, now));
                }
            }
        });
        _hub.On<JsonElement>(nameof(ILiveClient.Snapshot), _ => _current.TrySetResult());
    }

    /// <summary>Ends once the client has the topic as it is; what follows is measured, the way to it is not.</summary>
    public async Task StartAsync(string topic, CancellationToken cancel)
    {
        await _hub.StartAsync(cancel);
        await _hub.InvokeAsync<JsonElement>("Subscribe", topic, null, cancel);
        await _current.Task.WaitAsync(cancel);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private static string? Text(JsonElement value, string name) => value.TryGetProperty(name, out var text) ? text.GetString() : null;
}
