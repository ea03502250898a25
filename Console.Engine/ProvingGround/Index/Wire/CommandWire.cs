using OpsConsole.Domain.ProvingGround.Index;

namespace OpsConsole.Engine.ProvingGround.Index.Wire;

/// <summary>Commands as bytes; the first says which.</summary>
internal static class CommandWire
{
    public static void Write(WireWriter to, IndexCommand command)
    {
        switch (command)
        {
            case CreateBucket create:
                to.Byte(1);
                to.Text(create.Bucket);
                to.Text(create.Owner);
                to.Byte((byte)create.Acl);
                break;
            case DeleteBucket delete:
                to.Byte(2);
                to.Text(delete.Bucket);
                break;
            case SetBucketAcl acl:
                to.Byte(3);
                to.Text(acl.Bucket);
                to.Byte((byte)acl.Acl);
                break;
            case PutObject put:
                to.Byte(4);
                EntryWire.Write(to, put.Object);
                Write(to, put.Condition);
                break;
            case DeleteObjects delete:
                to.Byte(5);
                to.Text(delete.Bucket);
                to.Many(delete.Keys, (writer, key) =>
                {
                    writer.Text(key.Key);
                    Write(writer, key.Condition);
                });
                break;
            case SetObjectTags tags:
                to.Byte(6);
                to.Text(tags.Bucket);
                to.Text(tags.Key);
                to.Map(tags.Tags);
                break;
            case SetObjectAcl acl:
                to.Byte(7);
                to.Text(acl.Bucket);
                to.Text(acl.Key);
                to.Byte((byte)acl.Acl);
                break;
            case CreateUpload create:
                to.Byte(8);
                EntryWire.Write(to, create.Upload);
                break;
            case PutPart part:
                to.Byte(9);
                to.Text(part.Bucket);
                to.Text(part.Key);
                to.Text(part.UploadId);
                EntryWire.Write(to, part.Part);
                break;
            case CompleteUpload complete:
                to.Byte(10);
                to.Text(complete.Bucket);
                to.Text(complete.Key);
                to.Text(complete.UploadId);
                to.Many(complete.Parts, (writer, part) =>
                {
                    writer.Number(part.Number);
                    writer.Text(part.ETag);
                });
                to.Text(complete.ETag);
                EntryWire.Write(to, complete.Checksum);
                Write(to, complete.Condition);
                break;
            case AbortUpload abort:
                to.Byte(11);
                to.Text(abort.Bucket);
                to.Text(abort.Key);
                to.Text(abort.UploadId);
                break;
            case MovePosition move:
                to.Byte(12);
                to.Number(move.Group);
                to.Number(move.Position);
                to.Text(move.Host);
                to.Number(move.Expected);
                break;
            case SetPlacement set:
                to.Byte(13);
                EntryWire.Write(to, set.Map);
                break;
            case BeginGeneration begin:
                to.Byte(14);
                to.Number(begin.Expected);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "unknown command");
        }
    }

    public static IndexCommand Read(WireReader from) =>
        from.Byte() switch
        {
            1 => new CreateBucket(from.Text(), from.Text(), from.Enum<Acl>()),
            2 => new DeleteBucket(from.Text()),
            3 => new SetBucketAcl(from.Text(), from.Enum<Acl>()),
            4 => new PutObject(EntryWire.ReadObject(from), ReadCondition(from)),
            5 => new DeleteObjects(from.Text(), from.Many(reader => new KeyToDelete(reader.Text(), ReadCondition(reader)))),
            6 => new SetObjectTags(from.Text(), from.Text(), from.Map()),
            7 => new SetObjectAcl(from.Text(), from.Text(), from.Enum<Acl>()),
            8 => new CreateUpload(EntryWire.ReadUpload(from)),
            9 => new PutPart(from.Text(), from.Text(), from.Text(), EntryWire.ReadPart(from)),
            10 => new CompleteUpload(from.Text(), from.Text(), from.Text(), from.Many(reader => new PartToJoin(reader.Int(), reader.Text())), from.Text(), EntryWire.ReadChecksum(from), ReadCondition(from)),
            11 => new AbortUpload(from.Text(), from.Text(), from.Text()),
            12 => new MovePosition(from.Int(), from.Int(), from.Text(), from.Number()),
            13 => new SetPlacement(EntryWire.ReadPlacement(from)),
            14 => new BeginGeneration(from.Number()),
            _ => throw WireReader.Malformed(),
        };

    private static void Write(WireWriter to, WriteCondition condition)
    {
        to.TextOrNull(condition.IfMatch);
        to.TextOrNull(condition.IfNoneMatch);
    }

    private static WriteCondition ReadCondition(WireReader from) => new(from.TextOrNull(), from.TextOrNull());
}
