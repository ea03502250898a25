using OpsConsole.Domain.ProvingGround.Index;

namespace OpsConsole.Engine.ProvingGround.Index.Wire;

/// <summary>The whole state as bytes: what a snapshot holds. What is named is found again from what names it.</summary>
internal static class StateWire
{
    public static void Write(PieceWriter to, IndexState state)
    {
        to.Write(state, (piece, all) =>
        {
            piece.Number(all.Version);
            piece.Flag(all.Placement is not null);
            if (all.Placement is not null)
            {
                EntryWire.Write(piece, all.Placement);
            }
        });
        to.Write(state.Buckets.Count, Count);
        foreach (var bucket in state.Buckets.Values)
        {
            to.Write(bucket.Entry, EntryWire.Write);
            Many(to, bucket.Objects.Count, bucket.Objects.All(), EntryWire.Write);
            Many(to, bucket.Uploads.Count, bucket.Uploads.All(), EntryWire.Write);
        }

        Many(to, state.Answers.Count, state.Answers.All(), (piece, one) =>
        {
            piece.Id(one.Request);
            AnswerWire.Write(piece, one.Answer);
        });
    }

    public static IndexState Read(PieceReader from)
    {
        var (version, placement) = from.Read(piece => (piece.Number(), piece.Flag() ? EntryWire.ReadPlacement(piece) : null));
        var buckets = IndexState.Empty.Buckets.ToBuilder();
        for (var left = from.Read(piece => piece.Number()); left > 0; left--)
        {
            var entry = from.Read(EntryWire.ReadBucket);
            var objects = ObjectTable.From(from.Many(EntryWire.ReadObject).Select(one => one.SharingNamesWith(entry)));
            buckets.Add(entry.Name, new BucketContent(entry, objects, UploadTable.From(from.Many(EntryWire.ReadUpload))));
        }

        return IndexState.Empty with
        {
            Version = version,
            Placement = placement,
            Buckets = buckets.ToImmutable(),
            Live = LiveExtents.From(buckets.Values.SelectMany(Extents)),
            Objects = buckets.Values.Sum(bucket => bucket.Objects.Count),
            Uploads = buckets.Values.Sum(bucket => bucket.Uploads.Count),
            Answers = Answers.From([.. from.Many(piece => (piece.Id(), AnswerWire.Read(piece)))]),
        };
    }

    private static IEnumerable<Extent> Extents(BucketContent content) =>
        content.Objects.All().SelectMany(entry => entry.Extents).Concat(content.Uploads.All().SelectMany(upload => upload.Parts.Values).SelectMany(part => part.Extents));

    private static void Count(WireWriter piece, int count) => piece.Number(count);

    private static void Many<T>(PieceWriter to, int count, IEnumerable<T> things, Action<WireWriter, T> write)
    {
        to.Write(count, Count);
        foreach (var thing in things)
        {
            to.Write(thing, write);
        }
    }
}
