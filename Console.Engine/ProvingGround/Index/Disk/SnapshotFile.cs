using System.Buffers.Binary;
using OpsConsole.Domain.ProvingGround.Consensus;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Engine.ProvingGround.Checksums;
using OpsConsole.Engine.ProvingGround.Index.Wire;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Index.Disk;

/// <summary>The latest snapshot: checksum, index, term, state. Replaced in one step; sent to members as it lies on disk.</summary>
internal sealed class SnapshotFile(string folder)
{
    private const int Head = 24;

    private string InUse => Path.Combine(folder, "snapshot");

    private string Own => Path.Combine(folder, "snapshot.own");

    private string Incoming => Path.Combine(folder, "snapshot.incoming");

    /// <summary>Null where there is none. Throws where there is one that is damaged.</summary>
    public (SnapshotMark Mark, IndexState State)? Read() => File.Exists(InUse) ? Read(InUse) : null;

    /// <summary>Writes one beside that in use; <see cref="UseOwn"/> puts it in place.</summary>
    public SnapshotMark WriteOwn(IndexState state, long term)
    {
        var writer = new WireWriter();
        Span<byte> head = stackalloc byte[Head];
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], state.Version);
        BinaryPrimitives.WriteInt64LittleEndian(head[16..], term);
        writer.Raw(head);
        StateWire.Write(writer, state);
        var bytes = writer.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Crc64Nvme.Compute(bytes.AsSpan(8)));
        DurableFile.Write(Own + ".new", Own, bytes);
        return new SnapshotMark(state.Version, term, bytes.Length);
    }

    public void UseOwn() => DurableFile.Rename(Own, InUse);

    public void WriteChunk(long offset, ReadOnlySpan<byte> data)
    {
        using var handle = File.OpenHandle(Incoming, offset == 0 ? FileMode.Create : FileMode.OpenOrCreate, FileAccess.Write);
        RandomAccess.Write(handle, data, offset);
    }

    /// <summary>What came in pieces takes the place of the one in use, once it is whole and on disk.</summary>
    public IndexState UseIncoming(SnapshotMark mark)
    {
        using (var handle = File.OpenHandle(Incoming, FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.SetLength(handle, mark.Length);
            RandomAccess.FlushToDisk(handle);
        }

        var (read, state) = Read(Incoming);
        if (read != mark)
        {
            throw new InvalidDataException($"the snapshot received is of entry {read.Index}, term {read.Term}, not of {mark.Index}, term {mark.Term}");
        }

        DurableFile.Rename(Incoming, InUse);
        return state;
    }

    /// <summary>A piece of the one in use, which must be this one.</summary>
    public byte[] Piece(SnapshotMark mark, long offset, int most)
    {
        var piece = new byte[Math.Max(0, Math.Min(most, mark.Length - offset))];
        using var handle = File.OpenHandle(InUse);
        var read = 0;
        while (read < piece.Length && RandomAccess.Read(handle, piece.AsSpan(read), offset + read) is > 0 and var more)
        {
            read += more;
        }

        return piece[..read];
    }

    private static (SnapshotMark Mark, IndexState State) Read(string file)
    {
        var bytes = File.ReadAllBytes(file);
        if (bytes.Length < Head || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Crc64Nvme.Compute(bytes.AsSpan(8)))
        {
            throw new InvalidDataException($"{file} is damaged: its checksum does not hold");
        }

        var reader = new WireReader(bytes.AsMemory(Head));
        var state = StateWire.Read(reader);
        reader.MustBeAtEnd();
        return (new SnapshotMark(BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8)), BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)), bytes.Length), state);
    }
}
