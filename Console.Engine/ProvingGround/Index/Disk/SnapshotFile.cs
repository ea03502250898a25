using System.Buffers.Binary;
using OpsConsole.Domain.ProvingGround.Consensus;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Engine.ProvingGround.Index.Wire;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Index.Disk;

/// <summary>The latest snapshot: checksum, index, term, state; written and read in pieces, so that it costs no memory but the state's own. Replaced in one step; sent to members as it lies on disk.</summary>
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
        Span<byte> head = stackalloc byte[Head];
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], state.Version);
        BinaryPrimitives.WriteInt64LittleEndian(head[16..], term);
        long length;
        using (var file = new FileStream(Own + ".new", FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(head[..8]);
            var pieces = new PieceWriter(file);
            pieces.Raw(head[8..]);
            StateWire.Write(pieces, state);
            pieces.Flush();
            length = file.Length;
            file.Position = 0;
            BinaryPrimitives.WriteUInt64LittleEndian(head, pieces.Crc);
            file.Write(head[..8]);
            file.Flush(flushToDisk: true);
        }

        DurableFile.Rename(Own + ".new", Own);
        return new SnapshotMark(state.Version, term, length);
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
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
        Span<byte> head = stackalloc byte[Head];
        var checksum = stream.ReadAtLeast(head[..8], 8, throwOnEndOfStream: false) == 8 ? BinaryPrimitives.ReadUInt64LittleEndian(head) : throw Damaged(file, null);
        try
        {
            var pieces = new PieceReader(stream);
            pieces.Raw(head[8..]);
            var state = StateWire.Read(pieces);
            pieces.MustBeAtEnd();
            return pieces.Crc == checksum
                ? (new SnapshotMark(BinaryPrimitives.ReadInt64LittleEndian(head[8..]), BinaryPrimitives.ReadInt64LittleEndian(head[16..]), stream.Length), state)
                : throw Damaged(file, null);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or InvalidOperationException)
        {
            // Whatever its bytes seemed to say before the end showed that they are not what was written.
            throw Damaged(file, e);
        }
    }

    private static InvalidDataException Damaged(string file, Exception? cause) =>
        new($"{file} is damaged: its checksum does not hold. The other members have what it held: stop this host, empty its index folder only while both others run, and start it.", cause);
}
