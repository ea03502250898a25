using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using OpsConsole.Engine.Live;

namespace OpsConsole.Web.Live;

/// <summary>
/// One client of the hub. It has no queue of messages: only a cursor a topic into the log all share. A client too slow for the log's deltas falls out of it
/// and is cut back to a snapshot. At most one message is on its way at any time, besides what the transport's own bounded buffer holds.
/// </summary>
internal sealed class LiveConnection(HubConnectionContext context, TopicBook book, LiveWire wire, LiveMeter meter, TimeProvider clock)
{
    public const int MostTopics = 100;

    /// <summary>A client that takes nothing for this long is disconnected.</summary>
    public static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, LiveCursor> _cursors = new(StringComparer.Ordinal);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public bool Full => _cursors.Count >= MostTopics;

    /// <summary>Begins or begins again; null where there is no such topic.</summary>
    public TopicLog? Subscribe(string topic, long? since)
    {
        if (book.Join(topic) is not { } log)
        {
            return null;
        }

        _cursors.AddOrUpdate(topic, _ => new(log, since), (_, before) =>
        {
            book.Leave(before.Log);
            return new(log, since);
        });
        Wake();
        return log;
    }

    public void Unsubscribe(string topic)
    {
        if (_cursors.TryRemove(topic, out var cursor))
        {
            book.Leave(cursor.Log);
        }
    }

    public void Wake(TopicLog? log = null)
    {
        if (log is null || _cursors.ContainsKey(log.Topic))
        {
            _wake.Writer.TryWrite(true);
        }
    }

    public async Task RunAsync()
    {
        try
        {
            while (await _wake.Reader.WaitToReadAsync(context.ConnectionAborted))
            {
                _wake.Reader.TryRead(out _);
                foreach (var cursor in _cursors.Values)
                {
                    await CatchUpAsync(cursor);
                }
            }
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
        finally
        {
            foreach (var topic in _cursors.Keys)
            {
                Unsubscribe(topic);
            }
        }
    }

    private async Task CatchUpAsync(LiveCursor cursor)
    {
        if (cursor.Sent is { } sent && cursor.Log.After(sent) is { } deltas)
        {
            foreach (var delta in deltas)
            {
                await SendAsync(wire.Of(delta));
                cursor.Sent = delta.Sequence;
            }
        }
        else
        {
            var snapshot = cursor.Log.Snapshot(clock.GetUtcNow());
            if (cursor.Started)
            {
                meter.Resynced(snapshot.Sequence - cursor.Sent ?? 0);
            }

            await SendAsync(wire.Of(snapshot));
            cursor.Sent = snapshot.Sequence;
        }

        cursor.Started = true;
    }

    private async Task SendAsync(SerializedHubMessage message)
    {
        var started = clock.GetTimestamp();
        using var limit = new CancellationTokenSource(LongestSend, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.ConnectionAborted);
        await context.WriteAsync(message, either.Token);
        meter.Sent(clock.GetElapsedTime(started));
    }
}
