using Microsoft.Win32.SafeHandles;

namespace OpsConsole.Engine.ProvingGround.Hosting;

/// <summary>A file that is appended to and flushed, on a disk that drills may spoil. For one writer and many readers.</summary>
internal sealed class KeptFile : IDisposable
{
    private readonly PatientDisk _disk;
    private readonly SafeFileHandle _handle;
    private long _flushed;
    private long _end;

    private KeptFile(PatientDisk disk, SafeFileHandle handle)
    {
        (_disk, _handle) = (disk, handle);
        _flushed = _end = RandomAccess.GetLength(handle);
        disk.Opened(this);
    }

    public long Length => RandomAccess.GetLength(_handle);

    /// <summary>What is in it counts as flushed.</summary>
    public static KeptFile Open(string file, FileMode mode, PatientDisk disk) => new(disk, File.OpenHandle(file, mode, FileAccess.ReadWrite, FileShare.Read));

    public int Read(Span<byte> into, long at) => RandomAccess.Read(_handle, into, at);

    public void Write(ReadOnlyMemory<byte> bytes, long at) => _disk.Write(() =>
    {
        RandomAccess.Write(_handle, bytes.Span, at);
        _end = Math.Max(_end, at + bytes.Length);
    });

    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> pieces, long at) => _disk.Write(() =>
    {
        RandomAccess.Write(_handle, pieces, at);
        _end = Math.Max(_end, at + pieces.Sum(piece => (long)piece.Length));
    });

    /// <summary>On disk when it returns, unless a drill planted that it is not.</summary>
    public void Flush() => _disk.Flush(() =>
    {
        RandomAccess.FlushToDisk(_handle);
        _flushed = _end;
    });

    /// <summary>On disk when it returns.</summary>
    public void CutAt(long length) => _disk.Write(() =>
    {
        RandomAccess.SetLength(_handle, length);
        RandomAccess.FlushToDisk(_handle);
        _flushed = _end = length;
    });

    /// <summary>The power went.</summary>
    public void LoseUnflushed()
    {
        if (_end > _flushed)
        {
            RandomAccess.SetLength(_handle, _flushed);
        }
    }

    public void Dispose()
    {
        _disk.Closed(this);
        _handle.Dispose();
    }
}
