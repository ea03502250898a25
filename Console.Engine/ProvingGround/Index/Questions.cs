using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Engine.ProvingGround.Index.Wire;

namespace OpsConsole.Engine.ProvingGround.Index;

/// <summary>What may be asked of the index, as bytes; the first says which.</summary>
internal static class Questions
{
    public const byte Bucket = 1;
    public const byte Buckets = 2;
    public const byte Find = 3;
    public const byte List = 4;
    public const byte Upload = 5;
    public const byte Uploads = 6;
    public const byte Placement = 7;
    public const byte Live = 8;
    public const byte Extents = 9;

    /// <summary>Entries in one answer.</summary>
    public const int Most = 1_000;

    public static void Answer(IndexState state, WireReader question, WireWriter to)
    {
        switch (question.Byte())
        {
            case Bucket:
                Maybe(to, state.Bucket(question.Text()), EntryWire.Write);
                break;
            case Buckets:
                to.Many(state.AllBuckets(), EntryWire.Write);
                break;
            case Find:
                var (bucket, entry) = state.Find(question.Text(), question.Text());
                Maybe(to, bucket, EntryWire.Write);
                Maybe(to, entry, EntryWire.Write);
                break;
            case List:
                Maybe(to, state.List(new ListQuery(question.Text(), question.Text(), question.Text(), question.Text(), Math.Min(question.Int(), Most))), Write);
                break;
            case Upload:
                Maybe(to, state.Upload(question.Text(), question.Text(), question.Text()), EntryWire.Write);
                break;
            case Uploads:
                Maybe(to, state.ListUploads(new UploadQuery(question.Text(), question.Text(), question.Text(), question.Text(), question.Text(), Math.Min(question.Int(), Most))), Write);
                break;
            case Placement:
                Maybe(to, state.Placement, EntryWire.Write);
                break;
            case Live:
                var group = question.Int();
                to.Many(question.Many(reader => reader.Id()), (writer, blob) => writer.Flag(state.Live.Has(group, blob)));
                break;
            case Extents:
                var page = state.Live.Page(question.Int(), question.Id(), Math.Min(question.Int(), Most));
                to.Many(page.Extents, EntryWire.Write);
                to.Id(page.Next ?? Guid.Empty);
                break;
            default:
                throw WireReader.Malformed();
        }

        question.MustBeAtEnd();
    }

    public static void Maybe<T>(WireWriter to, T? value, Action<WireWriter, T> write)
        where T : class
    {
        to.Flag(value is not null);
        if (value is not null)
        {
            write(to, value);
        }
    }

    public static T? Maybe<T>(WireReader from, Func<WireReader, T> read)
        where T : class => from.Flag() ? read(from) : null;

    public static ListPage ReadList(WireReader from) => new(from.Many(EntryWire.ReadObject), from.Many(reader => reader.Text()), from.TextOrNull());

    public static UploadPage ReadUploads(WireReader from) => new(from.Many(EntryWire.ReadUpload), from.Many(reader => reader.Text()), from.Flag());

    public static ExtentPage ReadExtents(WireReader from) => new(from.Many(EntryWire.ReadExtent), from.Id() is var next && next == Guid.Empty ? null : next);

    private static void Write(WireWriter to, ListPage page)
    {
        to.Many(page.Objects, EntryWire.Write);
        to.Many(page.CommonPrefixes, (writer, prefix) => writer.Text(prefix));
        to.TextOrNull(page.Next);
    }

    private static void Write(WireWriter to, UploadPage page)
    {
        to.Many(page.Uploads, EntryWire.Write);
        to.Many(page.CommonPrefixes, (writer, prefix) => writer.Text(prefix));
        to.Flag(page.More);
    }
}
