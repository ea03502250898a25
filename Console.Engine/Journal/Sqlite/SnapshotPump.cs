using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>Writes snapshots beside the commits: states are turned into bytes here, and the writer only stores them. At most 1,024 wait; more are forgotten.</summary>
internal sealed partial class SnapshotPump : IAsyncDisposable
{
    private const int MaxWaiting = 1_024;

    private readonly Channel<(StreamId Stream, long Version, object State)> _waiting =
        Channel.CreateBounded<(StreamId, long, object)>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    private readonly JournalWriter _writer;
    private readonly SnapshotTable _table;
    private readonly ILogger _log;
    private readonly Task _pumping;

    public SnapshotPump(JournalWriter writer, SnapshotTable table, ILogger log)
    {
        (_writer, _table, _log) = (writer, table, log);
        _pumping = Task.Run(PumpAsync);
    }

    public void Offer(StreamId stream, long version, object state) => _waiting.Writer.TryWrite((stream, version, state));

    /// <summary>Stores one snapshot and returns when it is on disk.</summary>
    public Task SaveAsync(StreamId stream, long version, object state)
    {
        var bytes = SnapshotCode.Write(state, _table.FamilyOf(stream).StateType);
        return _writer.RunAsync(connection => SnapshotTable.Save(connection, stream, version, bytes));
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _pumping.ConfigureAwait(false);
    }

    private async Task PumpAsync()
    {
        await foreach (var (stream, version, state) in _waiting.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                await SaveAsync(stream, version, state).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                LogForgotten(e, stream.Value, version);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "the snapshot of {Stream} at version {Version} was not written; the next start folds more events instead")]
    private partial void LogForgotten(Exception e, string stream, long version);
}
