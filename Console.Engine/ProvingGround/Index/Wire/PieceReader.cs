using System.Buffers.Binary;
using OpsConsole.Engine.ProvingGround.Checksums;

namespace OpsConsole.Engine.ProvingGround.Index.Wire;

/// <summary>Reads what <see cref="PieceWriter"/> wrote, a piece at a time. Throws <see cref="InvalidDataException"/> for anything else.</summary>
internal sealed class PieceReader(Stream from)
{
    /// <summary>A piece is cut after the thing that fills it, and no thing is longer than a command.</summary>
    private const int Most = IndexRole.MostBytes + (2 << 20);

    private WireReader _piece = new(ReadOnlyMemory<byte>.Empty);

    /// <summary>CRC-64/NVME of all that was read.</summary>
    public ulong Crc { get; private set; }

    public T Read<T>(Func<WireReader, T> thing)
    {
        if (_piece.AtEnd)
        {
            Span<byte> length = stackalloc byte[4];
            Raw(length);
            var piece = new byte[BinaryPrimitives.ReadInt32LittleEndian(length) is > 0 and <= Most and var known ? known : throw WireReader.Malformed()];
            Raw(piece);
            _piece = new WireReader(piece);
        }

        return thing(_piece);
    }

    /// <summary>So many things as was written before them.</summary>
    public IEnumerable<T> Many<T>(Func<WireReader, T> thing)
    {
        for (var left = Read(reader => reader.Number()); left > 0; left--)
        {
            yield return Read(thing);
        }
    }

    public void Raw(Span<byte> bytes)
    {
        if (from.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw WireReader.Malformed();
        }

        Crc = Crc64Nvme.Append(Crc, bytes);
    }

    public void MustBeAtEnd()
    {
        _piece.MustBeAtEnd();
        if (from.ReadByte() >= 0)
        {
            throw WireReader.Malformed();
        }
    }
}
