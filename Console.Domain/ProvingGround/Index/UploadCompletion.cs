using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Index;

/// <summary>Parts become an object: the upload goes and the object is there in one step.</summary>
internal static class UploadCompletion
{
    public static Change Complete(IndexState state, CompleteUpload complete, Moment at)
    {
        if (UploadChanges.Find(state, complete.Bucket, complete.Key, complete.UploadId, out var content, out var upload) is not IndexRefusal.None and var refusal)
        {
            return Moment.Refused(state, refusal);
        }

        if (Joined(upload, complete.Parts, out var parts) is not IndexRefusal.None and var wrongParts)
        {
            return Moment.Refused(state, wrongParts);
        }

        var before = content.Objects.Find(complete.Key);
        var held = Conditions.Refusal(complete.Condition, before);
        held = held == IndexRefusal.None && before is null && state.Objects >= state.Limits.Objects ? IndexRefusal.Full : held;
        if (held != IndexRefusal.None)
        {
            return Moment.Refused(state, held);
        }

        var entry = upload.Template with
        {
            Size = parts.Sum(part => part.Size),
            ETag = complete.ETag,
            Extents = [.. parts.SelectMany(part => part.Extents)],
            Parts = [.. parts.Select(part => part.Size)],
            Checksum = complete.Checksum,
        };
        var (after, answer) = ObjectChanges.Replace(state, content with { Uploads = content.Uploads.Remove(upload) }, before, entry, at);
        return new Change(
            after with { Uploads = state.Uploads - 1, Live = upload.Parts.Values.Aggregate(after.Live, (live, part) => live.Remove(part.Extents)) },
            answer);
    }

    private static IndexRefusal Joined(Upload upload, ImmutableArray<PartToJoin> wanted, out ImmutableArray<UploadPart> parts)
    {
        parts = [];
        var joined = ImmutableArray.CreateBuilder<UploadPart>(wanted.Length);
        foreach (var one in wanted)
        {
            if (!upload.Parts.TryGetValue(one.Number, out var part) || part.ETag != one.ETag || (joined.Count > 0 && joined[^1].Number >= one.Number))
            {
                return IndexRefusal.InvalidPart;
            }

            joined.Add(part);
        }

        if (joined.Count == 0)
        {
            return IndexRefusal.InvalidPart;
        }

        parts = joined.ToImmutable();
        return parts.SkipLast(1).Any(part => part.Size < IndexLimits.LeastPart) ? IndexRefusal.PartTooSmall : IndexRefusal.None;
    }
}
