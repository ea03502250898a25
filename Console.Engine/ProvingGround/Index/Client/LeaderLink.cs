using System.Net;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Index.Wire;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Index.Client;

/// <summary>Finds the leader and asks it: the one that answered last, then the one another names, then the others in turn, until each question has its answer or its time is up.</summary>
internal sealed class LeaderLink(Func<IReadOnlyDictionary<string, Uri>> addresses, HttpClient http, TimeProvider clock)
{
    /// <summary>A member that has not answered by then hangs.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(40);

    private volatile string? _leader;
    private int _turn;

    /// <param name="write">Writes those of the batch that are still open.</param>
    public async Task SendAsync(string what, Action<WireWriter> write, IReadOnlyList<IndexAsk> batch)
    {
        // The batch is written once: who has an answer already gets the same again, by the request's id.
        var body = new WireWriter();
        write(body);
        var why = "no index host is known";
        while (true)
        {
            var now = clock.GetElapsedTime(0);
            foreach (var late in batch.Where(ask => !ask.Over && ask.Until <= now))
            {
                late.Fail(new StoreUnavailableException($"the index does not answer: {why}"));
            }

            if (batch.All(ask => ask.Over))
            {
                return;
            }

            var member = Next();
            if (member is not null && await TryAsync(member, what, body, batch).ConfigureAwait(false) is { } trouble)
            {
                why = trouble;
            }

            if (!batch.All(ask => ask.Over))
            {
                await Task.Delay(Between, clock).ConfigureAwait(false);
            }
        }
    }

    private string? Next()
    {
        var known = addresses();
        if (_leader is { } leader && known.ContainsKey(leader))
        {
            return leader;
        }

        return known.Count == 0 ? null : known.Keys.Order(StringComparer.Ordinal).ElementAt((int)((uint)Interlocked.Increment(ref _turn) % known.Count));
    }

    /// <summary>Null where it answered; else why not.</summary>
    private async Task<string?> TryAsync(string member, string what, WireWriter body, IReadOnlyList<IndexAsk> batch)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        try
        {
            using var content = new ReadOnlyMemoryContent(body.Written);
            using var answer = await http.PostAsync(new Uri(addresses()[member], GroundSecret.ControlPrefix + what), content, limit.Token).ConfigureAwait(false);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                throw new HttpRequestException($"{member} answered {(int)answer.StatusCode}");
            }

            return Read(member, new WireReader(await answer.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false)), batch);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or InvalidDataException or KeyNotFoundException)
        {
            Forget(member);
            return e is OperationCanceledException ? $"{member} does not answer within {Limit.TotalSeconds} s" : e.Message;
        }
    }

    private string? Read(string member, WireReader reader, IReadOnlyList<IndexAsk> batch)
    {
        if (reader.Byte() == IndexAnswers.NotHere)
        {
            var named = reader.TextOrNull();
            Forget(member);
            _leader = named is not null && named != member ? named : null;
            return named == member ? $"{member} leads and may not answer yet" : $"{member} does not lead";
        }

        _leader = member;
        foreach (var ask in batch)
        {
            ask.Take(reader);
        }

        return null;
    }

    private void Forget(string member)
    {
        if (_leader == member)
        {
            _leader = null;
        }
    }
}
