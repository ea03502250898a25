using System.Buffers.Binary;
using OpsConsole.Engine.ProvingGround.Checksums;

namespace OpsConsole.Engine.ProvingGround.Index.Wire;

/// <summary>Things one after another into a stream, in pieces of about a megabyte with their lengths: a state of any size needs the memory of one piece.</summary>
internal sealed class PieceWriter(Stream to)
{
    private const int Enough = 1 << 20;

    private readonly WireWriter _piece = new();

    /// <summary>CRC-64/NVME of all that went into the stream.</summary>
    public ulong Crc { get; private set; }

    public void Write<T>(T thing, Action<WireWriter, T> write)
    {
        write(_piece, thing);
        if (_piece.Length >= Enough)
        {
            Flush();
        }
    }

    /// <summary>To be called after the last.</summary>
    public void Flush()
    {
        if (_piece.Length == 0)
        {
            return;
        }

        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, _piece.Length);
        Raw(length);
        Raw(_piece.Written.Span);
        _piece.Clear();
    }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        to.Write(bytes);
        Crc = Crc64Nvme.Append(Crc, bytes);
    }
}
