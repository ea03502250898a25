namespace OpsConsole.Domain.ProvingGround.Index;

internal static class BucketChanges
{
    public static Change Create(IndexState state, CreateBucket create, Moment at)
    {
        if (state.Buckets.ContainsKey(create.Bucket))
        {
            return Moment.Refused(state, IndexRefusal.BucketExists);
        }

        if (state.Buckets.Count >= IndexLimits.Buckets)
        {
            return Moment.Refused(state, IndexRefusal.TooManyBuckets);
        }

        var content = new BucketContent(new BucketEntry(create.Bucket, create.Owner, at.Now, create.Acl), ObjectTable.Empty, UploadTable.Empty);
        return at.Done(state with { Buckets = state.Buckets.Add(create.Bucket, content) });
    }

    public static Change Delete(IndexState state, DeleteBucket delete, Moment at)
    {
        if (state.Buckets.GetValueOrDefault(delete.Bucket) is not { } content)
        {
            return Moment.Refused(state, IndexRefusal.NoSuchBucket);
        }

        if (content.Objects.Count > 0)
        {
            return Moment.Refused(state, IndexRefusal.BucketNotEmpty);
        }

        var live = content.Uploads.All().SelectMany(upload => upload.Parts.Values).Aggregate(state.Live, (live, part) => live.Remove(part.Extents));
        return at.Done(state with { Buckets = state.Buckets.Remove(delete.Bucket), Live = live, Uploads = state.Uploads - content.Uploads.Count });
    }

    public static Change SetAcl(IndexState state, SetBucketAcl acl, Moment at) =>
        state.Buckets.GetValueOrDefault(acl.Bucket) is { } content
            ? at.Done(state with { Buckets = state.Buckets.SetItem(acl.Bucket, content with { Entry = content.Entry with { Acl = acl.Acl } }) })
            : Moment.Refused(state, IndexRefusal.NoSuchBucket);
}
