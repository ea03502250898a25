using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Tests.ProvingGround;

/// <summary>The index without its hosts: the same state, one lock for the quorum. Can be switched off and told to be slow.</summary>
internal sealed class MemoryIndex : IIndex
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private IndexState _state;

    public MemoryIndex(TimeProvider clock, IndexLimits? limits = null)
    {
        _clock = clock;
        ImmutableArray<ImmutableArray<string>> hosts = [["a-storage-1"], ["b-storage-1"], ["c-storage-1"]];
        _state = (IndexState.Empty with { Limits = limits ?? IndexLimits.Default }).Apply(new SetPlacement(FirstPlacement.Of(hosts)), 1, clock.GetUtcNow(), Guid.NewGuid()).State;
    }

    /// <summary>Why nothing can be had; null where it can.</summary>
    public string? Trouble { get; set; }

    /// <summary>Runs before each question and each command.</summary>
    public Func<CancellationToken, Task> Before { get; set; } = _ => Task.CompletedTask;

    public IndexState State => _state;

    public async Task<IndexAnswer> ApplyAsync(Guid request, IndexCommand command, CancellationToken cancel)
    {
        await AnswerAsync(cancel);
        lock (_lock)
        {
            (_state, var answer) = _state.Apply(command, _state.Version + 1, _clock.GetUtcNow(), request);
            return answer;
        }
    }

    public Task<BucketEntry?> BucketAsync(string bucket, CancellationToken cancel) => AskAsync(state => state.Bucket(bucket), cancel);

    public Task<IReadOnlyList<BucketEntry>> BucketsAsync(CancellationToken cancel) => AskAsync<IReadOnlyList<BucketEntry>>(state => state.AllBuckets(), cancel);

    public Task<(BucketEntry? Bucket, ObjectEntry? Object)> FindAsync(string bucket, string key, CancellationToken cancel) => AskAsync(state => state.Find(bucket, key), cancel);

    public Task<ListPage?> ListAsync(ListQuery query, CancellationToken cancel) => AskAsync(state => state.List(query), cancel);

    public Task<Upload?> UploadAsync(string bucket, string key, string id, CancellationToken cancel) => AskAsync(state => state.Upload(bucket, key, id), cancel);

    public Task<UploadPage?> UploadsAsync(UploadQuery query, CancellationToken cancel) => AskAsync(state => state.ListUploads(query), cancel);

    public Task<PlacementMap> PlacementAsync(CancellationToken cancel) => AskAsync(state => state.Placement!, cancel);

    public Task<ImmutableArray<bool>> LiveAsync(int group, ImmutableArray<Guid> blobs, CancellationToken cancel) =>
        AskAsync<ImmutableArray<bool>>(state => [.. blobs.Select(blob => state.Live.Has(group, blob))], cancel);

    public Task<ExtentPage> ExtentsAsync(int group, Guid after, int take, CancellationToken cancel) => AskAsync(state => state.Live.Page(group, after, take), cancel);

    public Task<string?> TroubleAsync(CancellationToken cancel) => Task.FromResult(Trouble);

    private async Task<T> AskAsync<T>(Func<IndexState, T> ask, CancellationToken cancel)
    {
        await AnswerAsync(cancel);
        return ask(Volatile.Read(ref _state));
    }

    private async Task AnswerAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        await Before(cancel);
        if (Trouble is { } trouble)
        {
            throw new StoreUnavailableException(trouble);
        }
    }
}
