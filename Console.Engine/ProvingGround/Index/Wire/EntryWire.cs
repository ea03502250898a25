using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.Placement;

namespace OpsConsole.Engine.ProvingGround.Index.Wire;

/// <summary>What the index keeps, as bytes.</summary>
internal static class EntryWire
{
    public static void Write(WireWriter to, Extent extent)
    {
        to.Id(extent.Blob);
        to.Number(extent.Length);
        to.Number(extent.Group);
        to.Number(extent.Epoch);
        to.Fixed(extent.Crc);
        to.Number(extent.Born);
    }

    public static Extent ReadExtent(WireReader from) => new(from.Id(), from.Int(), from.Int(), from.Number(), from.Fixed()) { Born = from.Number() };

    public static void Write(WireWriter to, BucketEntry bucket)
    {
        to.Text(bucket.Name);
        to.Text(bucket.Owner);
        to.Moment(bucket.Created);
        to.Byte((byte)bucket.Acl);
    }

    public static BucketEntry ReadBucket(WireReader from) => new(from.Text(), from.Text(), from.Moment(), from.Enum<Acl>());

    public static void Write(WireWriter to, ObjectEntry entry)
    {
        to.Text(entry.Bucket);
        to.Text(entry.Key);
        to.Number(entry.Size);
        to.Text(entry.ETag);
        to.Text(entry.Owner);
        to.Many(entry.Extents, Write);
        to.Number(entry.Version);
        to.Moment(entry.Modified);
        to.Map(entry.Headers);
        to.Map(entry.Metadata);
        to.Map(entry.Tags);
        to.Byte((byte)entry.Acl);
        Write(to, entry.Checksum);
        Write(to, entry.Encryption);
        to.Many(entry.Parts, (writer, size) => writer.Number(size));
    }

    public static ObjectEntry ReadObject(WireReader from) =>
        new(from.Text(), from.Text(), from.Number(), from.Text(), from.Text(), from.Many(ReadExtent))
        {
            Version = from.Number(),
            Modified = from.Moment(),
            Headers = from.Map(),
            Metadata = from.Map(),
            Tags = from.Map(),
            Acl = from.Enum<Acl>(),
            Checksum = ReadChecksum(from),
            Encryption = ReadEncryption(from),
            Parts = from.Many(reader => reader.Number()),
        };

    public static void Write(WireWriter to, Upload upload)
    {
        to.Text(upload.Id);
        Write(to, upload.Template);
        to.Moment(upload.Begun);
        to.Many([.. upload.Parts.Values], Write);
    }

    public static Upload ReadUpload(WireReader from) =>
        new(from.Text(), ReadObject(from)) { Begun = from.Moment(), Parts = from.Many(ReadPart).ToImmutableSortedDictionary(part => part.Number, part => part) };

    public static void Write(WireWriter to, UploadPart part)
    {
        to.Number(part.Number);
        to.Number(part.Size);
        to.Text(part.ETag);
        to.Many(part.Extents, Write);
        to.Moment(part.Modified);
        Write(to, part.Checksum);
    }

    public static UploadPart ReadPart(WireReader from) =>
        new(from.Int(), from.Number(), from.Text(), from.Many(ReadExtent)) { Modified = from.Moment(), Checksum = ReadChecksum(from) };

    public static void Write(WireWriter to, ObjectChecksum? checksum)
    {
        to.Flag(checksum is not null);
        if (checksum is not null)
        {
            to.Text(checksum.Algorithm);
            to.Text(checksum.Value);
            to.Flag(checksum.Composite);
        }
    }

    public static ObjectChecksum? ReadChecksum(WireReader from) => from.Flag() ? new ObjectChecksum(from.Text(), from.Text(), from.Flag()) : null;

    public static void Write(WireWriter to, PlacementMap map)
    {
        to.Many(map.Groups, (writer, group) =>
        {
            writer.Number(group.Number);
            writer.Many(group.Hosts, (inner, host) => inner.Text(host));
            writer.Number(group.Epoch);
        });
        to.Number(map.Generation);
    }

    public static PlacementMap ReadPlacement(WireReader from) =>
        new(from.Many(reader => new PlacementGroup(reader.Int(), reader.Many(inner => inner.Text()), reader.Number()))) { Generation = from.Number() };

    private static void Write(WireWriter to, Encryption? encryption)
    {
        to.Flag(encryption is not null);
        if (encryption is not null)
        {
            to.Byte((byte)encryption.Kind);
            to.Text(encryption.KeyMd5);
            to.Bytes(encryption.Wrapped.AsSpan());
        }
    }

    private static Encryption? ReadEncryption(WireReader from) => from.Flag() ? new Encryption(from.Enum<EncryptionKind>(), from.Text(), [.. from.Bytes().Span]) : null;
}
