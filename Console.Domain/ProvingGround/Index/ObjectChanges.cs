using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Index;

internal static class ObjectChanges
{
    public static Change Put(IndexState state, PutObject put, Moment at)
    {
        if (state.Buckets.GetValueOrDefault(put.Object.Bucket) is not { } content)
        {
            return Moment.Refused(state, IndexRefusal.NoSuchBucket);
        }

        var before = content.Objects.Find(put.Object.Key);
        var refusal = Conditions.Refusal(put.Condition, before);
        refusal = refusal != IndexRefusal.None ? refusal : Room.Refusal(state, put.Object.Extents, objects: before is null ? 1 : 0);
        return refusal == IndexRefusal.None ? Replace(state, content, before, put.Object, at) : Moment.Refused(state, refusal);
    }

    /// <summary>The entry takes its key in the bucket; what it had named before is let go.</summary>
    public static Change Replace(IndexState state, BucketContent content, ObjectEntry? before, ObjectEntry entry, Moment at)
    {
        var written = entry.SharingNamesWith(content.Entry) with { Version = at.Version, Modified = at.Now };
        var live = state.Live.Add(written.Extents);
        return at.Done(
            state with
            {
                Buckets = state.Buckets.SetItem(entry.Bucket, content with { Objects = content.Objects.Put(written) }),
                Live = before is null ? live : live.Remove(before.Extents),
                Objects = state.Objects + (before is null ? 1 : 0),
            },
            written);
    }

    public static Change Delete(IndexState state, DeleteObjects delete, Moment at)
    {
        if (state.Buckets.GetValueOrDefault(delete.Bucket) is not { } content)
        {
            return Moment.Refused(state, IndexRefusal.NoSuchBucket);
        }

        if (delete.Keys.Length > IndexLimits.KeysInADelete)
        {
            return Moment.Refused(state, IndexRefusal.Full);
        }

        var (objects, live) = (content.Objects, state.Live);
        var each = ImmutableArray.CreateBuilder<IndexRefusal>(delete.Keys.Length);
        foreach (var key in delete.Keys)
        {
            var entry = objects.Find(key.Key);
            var refusal = Conditions.Refusal(key.Condition, entry);
            each.Add(refusal);
            if (refusal == IndexRefusal.None && entry is not null)
            {
                (objects, live) = (objects.Remove(key.Key), live.Remove(entry.Extents));
            }
        }

        var gone = content.Objects.Count - objects.Count;
        var left = state with { Buckets = state.Buckets.SetItem(delete.Bucket, content with { Objects = objects }), Live = live, Objects = state.Objects - gone };
        return new Change(left, new IndexAnswer(IndexRefusal.None, at.Version) { Each = each.MoveToImmutable() });
    }

    public static Change SetTags(IndexState state, SetObjectTags tags, Moment at) => Amend(state, tags.Bucket, tags.Key, entry => entry with { Tags = tags.Tags }, at);

    public static Change SetAcl(IndexState state, SetObjectAcl acl, Moment at) => Amend(state, acl.Bucket, acl.Key, entry => entry with { Acl = acl.Acl }, at);

    /// <summary>Neither tags nor the list of readers change when customers see the object as modified.</summary>
    private static Change Amend(IndexState state, string bucket, string key, Func<ObjectEntry, ObjectEntry> change, Moment at)
    {
        if (state.Buckets.GetValueOrDefault(bucket) is not { } content)
        {
            return Moment.Refused(state, IndexRefusal.NoSuchBucket);
        }

        if (content.Objects.Find(key) is not { } before)
        {
            return Moment.Refused(state, IndexRefusal.NoSuchKey);
        }

        var after = change(before) with { Version = at.Version };
        return at.Done(state with { Buckets = state.Buckets.SetItem(bucket, content with { Objects = content.Objects.Put(after) }) }, after);
    }
}
