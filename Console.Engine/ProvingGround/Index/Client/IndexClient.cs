using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Engine.ProvingGround.Index.Wire;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Index.Client;

/// <summary>The index as other hosts use it: asks its leader, whoever that is; what is asked at the same time goes in one request.</summary>
internal sealed class IndexClient : IIndex, IDisposable
{
    /// <summary>Bytes of one command.</summary>
    public const int MostBytes = 2 << 20;

    /// <summary>Requests on their way at once: fewer carry more each, and what a request costs is mostly the same for one question as for fifty.</summary>
    private const int AsksAtOnce = 2;
    private const int AppliesAtOnce = 4;

    /// <summary>How long it goes on trying: longer than the index takes to choose another leader.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan TroubleDeadline = TimeSpan.FromSeconds(3);

    private readonly LeaderLink _link;
    private readonly IndexQueue _asks;
    private readonly IndexQueue _asksAfterAll;
    private readonly IndexQueue _applies;

    /// <param name="addresses">The index hosts by id, as they listen now.</param>
    /// <param name="http">With the ground's secret.</param>
    public IndexClient(Func<IReadOnlyDictionary<string, Uri>> addresses, HttpClient http, TimeProvider clock)
    {
        _link = new LeaderLink(addresses, http, clock);
        _asks = new IndexQueue(batch => _link.SendAsync("ask", to => Questions(to, batch, afterAll: false), batch), AsksAtOnce, clock);
        _asksAfterAll = new IndexQueue(batch => _link.SendAsync("ask", to => Questions(to, batch, afterAll: true), batch), 1, clock);
        _applies = new IndexQueue(batch => _link.SendAsync("apply", to => to.Many([.. batch], (writer, one) => writer.Raw(one.Bytes)), batch), AppliesAtOnce, clock);
    }

    public async Task<IndexAnswer> ApplyAsync(Guid request, IndexCommand command, CancellationToken cancel)
    {
        var bytes = new WireWriter();
        CommandWire.Write(bytes, command);
        if (bytes.Length > MostBytes)
        {
            throw new ArgumentException($"a command of {bytes.Length} bytes; at most {MostBytes} are taken", nameof(command));
        }

        var item = new WireWriter();
        item.Id(request);
        item.Bytes(bytes.Written.Span);

        // Null where the member asked cannot say what came of it: asked again under the same id.
        return await _applies.AskAsync(item.ToArray(), reader => Index.Questions.Maybe(reader, AnswerWire.Read), Deadline, cancel).ConfigureAwait(false);
    }

    public Task<BucketEntry?> BucketAsync(string bucket, CancellationToken cancel) =>
        AskAsync(Index.Questions.Bucket, to => to.Text(bucket), from => Index.Questions.Maybe(from, EntryWire.ReadBucket), cancel);

    public async Task<IReadOnlyList<BucketEntry>> BucketsAsync(CancellationToken cancel) =>
        await AskAsync(Index.Questions.Buckets, _ => { }, from => from.Many(EntryWire.ReadBucket), cancel).ConfigureAwait(false);

    public Task<(BucketEntry? Bucket, ObjectEntry? Object)> FindAsync(string bucket, string key, CancellationToken cancel) =>
        AskAsync(
            Index.Questions.Find,
            to =>
            {
                to.Text(bucket);
                to.Text(key);
            },
            from => (Index.Questions.Maybe(from, EntryWire.ReadBucket), Index.Questions.Maybe(from, EntryWire.ReadObject)),
            cancel);

    public Task<ListPage?> ListAsync(ListQuery query, CancellationToken cancel) =>
        AskAsync(
            Index.Questions.List,
            to =>
            {
                to.Text(query.Bucket);
                to.Text(query.Prefix);
                to.Text(query.Delimiter);
                to.Text(query.After);
                to.Number(query.Take);
            },
            from => Index.Questions.Maybe(from, Index.Questions.ReadList),
            cancel);

    public Task<Upload?> UploadAsync(string bucket, string key, string id, CancellationToken cancel) =>
        AskAsync(
            Index.Questions.Upload,
            to =>
            {
                to.Text(bucket);
                to.Text(key);
                to.Text(id);
            },
            from => Index.Questions.Maybe(from, EntryWire.ReadUpload),
            cancel);

    public Task<UploadPage?> UploadsAsync(UploadQuery query, CancellationToken cancel) =>
        AskAsync(
            Index.Questions.Uploads,
            to =>
            {
                to.Text(query.Bucket);
                to.Text(query.Prefix);
                to.Text(query.Delimiter);
                to.Text(query.AfterKey);
                to.Text(query.AfterId);
                to.Number(query.Take);
            },
            from => Index.Questions.Maybe(from, Index.Questions.ReadUploads),
            cancel);

    public async Task<PlacementMap> PlacementAsync(CancellationToken cancel) =>
        await AskAsync(Index.Questions.Placement, _ => { }, from => Index.Questions.Maybe(from, EntryWire.ReadPlacement), cancel).ConfigureAwait(false)
        ?? throw new StoreUnavailableException("the index has no placement yet");

    public async Task<ImmutableArray<bool>> LiveAsync(int group, ImmutableArray<Guid> blobs, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blobs.Length, Index.Questions.Most);
        var question = Question(Index.Questions.Live, to =>
        {
            to.Number(group);
            to.Many(blobs, (writer, blob) => writer.Id(blob));
        });
        var answer = await _asksAfterAll.AskAsync(question, from => new Held<ImmutableArray<bool>>(from.Many(reader => reader.Flag())), Deadline, cancel).ConfigureAwait(false);
        return answer.Value;
    }

    public Task<ExtentPage> ExtentsAsync(int group, Guid after, int take, CancellationToken cancel) =>
        AskAsync(
            Index.Questions.Extents,
            to =>
            {
                to.Number(group);
                to.Id(after);
                to.Number(take);
            },
            Index.Questions.ReadExtents,
            cancel);

    public async Task<string?> TroubleAsync(CancellationToken cancel)
    {
        try
        {
            await _asks.AskAsync(Question(Index.Questions.Placement, _ => { }), from => Index.Questions.Maybe(from, EntryWire.ReadPlacement) ?? new PlacementMap([]), TroubleDeadline, cancel).ConfigureAwait(false);
            return null;
        }
        catch (StoreUnavailableException e)
        {
            return e.Message;
        }
    }

    public void Dispose()
    {
        _asks.Dispose();
        _asksAfterAll.Dispose();
        _applies.Dispose();
    }

    private async Task<T> AskAsync<T>(byte what, Action<WireWriter> write, Func<WireReader, T> read, CancellationToken cancel)
    {
        var answer = await _asks.AskAsync(Question(what, write), from => new Held<T>(read(from)), Deadline, cancel).ConfigureAwait(false);
        return answer.Value;
    }

    private static byte[] Question(byte what, Action<WireWriter> write)
    {
        var inner = new WireWriter();
        inner.Byte(what);
        write(inner);
        var to = new WireWriter();
        to.Bytes(inner.Written.Span);
        return to.ToArray();
    }

    private static void Questions(WireWriter to, IReadOnlyList<IndexAsk> batch, bool afterAll)
    {
        to.Flag(afterAll);
        to.Many([.. batch], (writer, one) => writer.Raw(one.Bytes));
    }

    /// <summary>An answer of any type, so that none is told from a null one.</summary>
    private sealed record Held<T>(T Value);
}
