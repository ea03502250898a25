using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using OpsConsole.Engine.Live;

namespace OpsConsole.Web.Live;

/// <summary>Everyone connected to the hub, woken when a topic they follow has something new.</summary>
internal sealed class LiveConnections
{
    private readonly ConcurrentDictionary<string, LiveConnection> _all = new(StringComparer.Ordinal);
    private readonly TopicBook _book;
    private readonly LiveWire _wire = new();
    private readonly LiveMeter _meter;
    private readonly TimeProvider _clock;

    public LiveConnections(TopicBook book, LiveMeter meter, TimeProvider clock)
    {
        (_book, _meter, _clock) = (book, meter, clock);
        book.Listen(log =>
        {
            foreach (var connection in _all.Values)
            {
                connection.Wake(log);
            }
        });
    }

    public LiveConnection? Find(string id) => _all.GetValueOrDefault(id);

    public void Add(HubConnectionContext context)
    {
        var connection = new LiveConnection(context, _book, _wire, _meter, _clock);
        _all[context.ConnectionId] = connection;
        _ = RunAsync(context.ConnectionId, connection);
    }

    private async Task RunAsync(string id, LiveConnection connection)
    {
        try
        {
            await connection.RunAsync();
        }
        finally
        {
            _all.TryRemove(id, out _);
        }
    }
}
