using System.Threading.Channels;
using OpsConsole.Engine.ProvingGround.Index.Wire;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Index.Client;

/// <summary>Gathers what is asked at the same time: while one request is on its way the next one fills.</summary>
internal sealed class IndexQueue : IDisposable
{
    private const int MostWaiting = 10_000;
    private const int MostInBatch = 200;
    private const int BatchBytes = 4 << 20;

    private readonly Channel<IndexAsk> _waiting = Channel.CreateBounded<IndexAsk>(MostWaiting);
    private readonly CancellationTokenSource _ending = new();
    private readonly Func<IReadOnlyList<IndexAsk>, Task> _send;
    private readonly TimeProvider _clock;

    /// <param name="send">Answers each of a batch, or fails it.</param>
    public IndexQueue(Func<IReadOnlyList<IndexAsk>, Task> send, int atOnce, TimeProvider clock)
    {
        (_send, _clock) = (send, clock);
        for (var i = 0; i < atOnce; i++)
        {
            _ = Task.Run(WorkAsync);
        }
    }

    /// <param name="read">Null where the answer is none and it is to be asked again.</param>
    public Task<T> AskAsync<T>(byte[] bytes, Func<WireReader, T?> read, TimeSpan limit, CancellationToken cancel)
        where T : class
    {
        var ask = new IndexAsk<T>(bytes, _clock.GetElapsedTime(0) + limit, read);
        return _waiting.Writer.TryWrite(ask) ? ask.Answer.WaitAsync(cancel) : throw new StoreUnavailableException($"{MostWaiting} requests wait for the index already");
    }

    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        _ending.Cancel();
        _ending.Dispose();
    }

    private async Task WorkAsync()
    {
        var cancel = _ending.Token;
        while (!cancel.IsCancellationRequested && await _waiting.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            var batch = new List<IndexAsk>();
            for (var bytes = 0; batch.Count < MostInBatch && bytes < BatchBytes && _waiting.Reader.TryRead(out var ask); bytes += ask.Bytes.Length)
            {
                batch.Add(ask);
            }

            if (batch.Count > 0)
            {
                await _send(batch).ConfigureAwait(false);
            }
        }
    }
}
