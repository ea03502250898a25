using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Index;

internal static class UploadChanges
{
    public static Change Create(IndexState state, CreateUpload create, Moment at)
    {
        var bucket = create.Upload.Template.Bucket;
        if (state.Buckets.GetValueOrDefault(bucket) is not { } content)
        {
            return Moment.Refused(state, IndexRefusal.NoSuchBucket);
        }

        if (Room.Refusal(state, [], uploads: 1) is not IndexRefusal.None and var refusal)
        {
            return Moment.Refused(state, refusal);
        }

        // An id is used once; one that is there already is the same request, its answer forgotten.
        var upload = create.Upload with { Begun = at.Now, Parts = ImmutableSortedDictionary<int, UploadPart>.Empty };
        return content.Uploads.Find(upload.Template.Key, upload.Id) is null
            ? at.Done(state with { Buckets = state.Buckets.SetItem(bucket, content with { Uploads = content.Uploads.Put(upload) }), Uploads = state.Uploads + 1 })
            : at.Done(state);
    }

    public static Change PutPart(IndexState state, PutPart put, Moment at)
    {
        if (Find(state, put.Bucket, put.Key, put.UploadId, out var content, out var upload) is not IndexRefusal.None and var refusal)
        {
            return Moment.Refused(state, refusal);
        }

        if (put.Part.Number is < 1 or > IndexLimits.Parts)
        {
            return Moment.Refused(state, IndexRefusal.InvalidPart);
        }

        if (Room.Refusal(state, put.Part.Extents) is not IndexRefusal.None and var noRoom)
        {
            return Moment.Refused(state, noRoom);
        }

        var live = state.Live.Add(put.Part.Extents);
        live = upload.Parts.TryGetValue(put.Part.Number, out var before) ? live.Remove(before.Extents) : live;
        var after = upload with { Parts = upload.Parts.SetItem(put.Part.Number, put.Part with { Modified = at.Now }) };
        return at.Done(state with { Buckets = state.Buckets.SetItem(put.Bucket, content with { Uploads = content.Uploads.Put(after) }), Live = live });
    }

    public static Change Abort(IndexState state, AbortUpload abort, Moment at)
    {
        if (Find(state, abort.Bucket, abort.Key, abort.UploadId, out var content, out var upload) is not IndexRefusal.None and var refusal)
        {
            return Moment.Refused(state, refusal);
        }

        return at.Done(state with
        {
            Buckets = state.Buckets.SetItem(abort.Bucket, content with { Uploads = content.Uploads.Remove(upload) }),
            Live = upload.Parts.Values.Aggregate(state.Live, (live, part) => live.Remove(part.Extents)),
            Uploads = state.Uploads - 1,
        });
    }

    public static IndexRefusal Find(IndexState state, string bucket, string key, string id, out BucketContent content, out Upload upload)
    {
        content = state.Buckets.GetValueOrDefault(bucket)!;
        upload = content?.Uploads.Find(key, id)!;
        return content is null ? IndexRefusal.NoSuchBucket : upload is null ? IndexRefusal.NoSuchUpload : IndexRefusal.None;
    }
}
