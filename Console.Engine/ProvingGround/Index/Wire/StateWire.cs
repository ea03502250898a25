using OpsConsole.Domain.ProvingGround.Index;

namespace OpsConsole.Engine.ProvingGround.Index.Wire;

/// <summary>The whole state as bytes: what a snapshot holds. What is named is found again from what names it.</summary>
internal static class StateWire
{
    public static void Write(WireWriter to, IndexState state)
    {
        to.Number(state.Version);
        to.Flag(state.Placement is not null);
        if (state.Placement is not null)
        {
            EntryWire.Write(to, state.Placement);
        }

        to.Number(state.Buckets.Count);
        foreach (var bucket in state.Buckets.Values)
        {
            EntryWire.Write(to, bucket.Entry);
            to.Number(bucket.Objects.Count);
            foreach (var entry in bucket.Objects.All())
            {
                EntryWire.Write(to, entry);
            }

            to.Many([.. bucket.Uploads.All()], EntryWire.Write);
        }

        to.Many([.. state.Answers.All()], (writer, one) =>
        {
            writer.Id(one.Request);
            AnswerWire.Write(writer, one.Answer);
        });
    }

    public static IndexState Read(WireReader from)
    {
        var state = IndexState.Empty with { Version = from.Number(), Placement = from.Flag() ? EntryWire.ReadPlacement(from) : null };
        var (buckets, live, objects, uploads) = (state.Buckets.ToBuilder(), state.Live, 0, 0);
        foreach (var content in from.Many(ReadBucket))
        {
            buckets.Add(content.Entry.Name, content);
            (objects, uploads) = (objects + content.Objects.Count, uploads + content.Uploads.Count);
            live = live.Add([.. content.Objects.All().SelectMany(entry => entry.Extents), .. content.Uploads.All().SelectMany(upload => upload.Parts.Values).SelectMany(part => part.Extents)]);
        }

        return state with
        {
            Buckets = buckets.ToImmutable(),
            Live = live,
            Objects = objects,
            Uploads = uploads,
            Answers = Answers.From(from.Many(reader => (reader.Id(), AnswerWire.Read(reader)))),
        };
    }

    private static BucketContent ReadBucket(WireReader from)
    {
        var entry = EntryWire.ReadBucket(from);
        return new BucketContent(entry, ObjectTable.From(from.Many(EntryWire.ReadObject)), UploadTable.From(from.Many(EntryWire.ReadUpload)));
    }
}
