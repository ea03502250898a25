using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Placement;

namespace OpsConsole.Domain.ProvingGround.Index;

/// <summary>
/// All the index knows, as a value: a command gives another value and leaves this one as it was, so readers and snapshots need no lock. Every step is a function of the state and the
/// command alone: members that applied the same commands are the same. Each costs O(log n) of what there is.
/// </summary>
public sealed record IndexState
{
    public static IndexState Empty { get; } = new();

    public IndexLimits Limits { get; init; } = IndexLimits.Default;

    public ImmutableSortedDictionary<string, BucketContent> Buckets { get; init; } = ImmutableSortedDictionary.Create<string, BucketContent>(KeyOrder.Instance);

    public LiveExtents Live { get; init; } = LiveExtents.None;

    public Answers Answers { get; init; } = Answers.None;

    /// <summary>Null until <see cref="SetPlacement"/>.</summary>
    public PlacementMap? Placement { get; init; }

    public int Objects { get; init; }

    public int Uploads { get; init; }

    /// <summary>The position of the last command applied.</summary>
    public long Version { get; init; }

    /// <param name="version">The command's position in the log, greater than any before.</param>
    /// <param name="now">As the member saw it that took the command in.</param>
    /// <param name="request">The same for each repetition of one request: it gets the answer of the first.</param>
    public Change Apply(IndexCommand command, long version, DateTimeOffset now, Guid request)
    {
        if (Answers.Find(request) is { } before)
        {
            return new Change(this with { Version = version }, before);
        }

        var moment = new Moment(version, now);
        var (state, answer) = command switch
        {
            PutObject put => ObjectChanges.Put(this, put, moment),
            DeleteObjects delete => ObjectChanges.Delete(this, delete, moment),
            SetObjectTags tags => ObjectChanges.SetTags(this, tags, moment),
            SetObjectAcl acl => ObjectChanges.SetAcl(this, acl, moment),
            CreateBucket create => BucketChanges.Create(this, create, moment),
            DeleteBucket delete => BucketChanges.Delete(this, delete, moment),
            SetBucketAcl acl => BucketChanges.SetAcl(this, acl, moment),
            CreateUpload create => UploadChanges.Create(this, create, moment),
            PutPart part => UploadChanges.PutPart(this, part, moment),
            CompleteUpload complete => UploadCompletion.Complete(this, complete, moment),
            AbortUpload abort => UploadChanges.Abort(this, abort, moment),
            MovePosition move => PlacementChanges.Move(this, move, moment),
            BeginGeneration begin => PlacementChanges.Begin(this, begin, moment),
            SetPlacement set => PlacementChanges.Set(this, set, moment),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "unknown command"),
        };
        return new Change(state with { Version = version, Answers = state.Answers.Add(request, answer, Limits.Answers) }, answer);
    }

    public BucketEntry? Bucket(string bucket) => Buckets.GetValueOrDefault(bucket)?.Entry;

    public ImmutableArray<BucketEntry> AllBuckets() => [.. Buckets.Values.Select(bucket => bucket.Entry)];

    public (BucketEntry? Bucket, ObjectEntry? Object) Find(string bucket, string key) =>
        Buckets.GetValueOrDefault(bucket) is { } content ? (content.Entry, content.Objects.Find(key)) : (null, null);

    /// <summary>Null where there is no such bucket.</summary>
    public ListPage? List(ListQuery query) => Buckets.GetValueOrDefault(query.Bucket) is { } content ? Listing.Page(content.Objects, query) : null;

    public Upload? Upload(string bucket, string key, string id) => Buckets.GetValueOrDefault(bucket)?.Uploads.Find(key, id);

    /// <summary>Null where there is no such bucket.</summary>
    public UploadPage? ListUploads(UploadQuery query) => Buckets.GetValueOrDefault(query.Bucket) is { } content ? UploadListing.Page(content.Uploads, query) : null;
}

/// <summary>What a command made of a state.</summary>
public readonly record struct Change(IndexState State, IndexAnswer Answer);

/// <summary>Where and when in the log a command stands.</summary>
internal readonly record struct Moment(long Version, DateTimeOffset Now)
{
    public Change Done(IndexState state, ObjectEntry? entry = null) => new(state, new IndexAnswer(IndexRefusal.None, Version) { Object = entry });

    public static Change Refused(IndexState state, IndexRefusal refusal) => new(state, new IndexAnswer(refusal, 0));
}
