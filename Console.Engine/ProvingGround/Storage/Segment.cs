using Microsoft.Win32.SafeHandles;

namespace OpsConsole.Engine.ProvingGround.Storage;

/// <summary>One append-only file of records.</summary>
internal sealed class Segment : IDisposable
{
    private readonly SafeFileHandle _handle;

    private Segment(long number, string file, SafeFileHandle handle, long length) => (Number, File, _handle, Length) = (number, file, handle, length);

    /// <summary>Later segments have greater ones.</summary>
    public long Number { get; }

    public string File { get; }

    /// <summary>Bytes written, those of dead records too.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes of records that the index names; kept by <see cref="ShardIndex"/> under its lock.</summary>
    public long Live { get; set; }

    public static Segment Open(string folder, long number)
    {
        var file = Path.Combine(folder, $"{number:d8}.seg");
        var handle = System.IO.File.OpenHandle(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        return new Segment(number, file, handle, RandomAccess.GetLength(handle));
    }

    public static IEnumerable<long> NumbersIn(string folder) =>
        Directory.EnumerateFiles(folder, "*.seg").Select(file => long.TryParse(Path.GetFileNameWithoutExtension(file), out var number) ? number : 0).Where(number => number > 0).Order();

    public void Append(IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        RandomAccess.Write(_handle, records, Length);
        Length += records.Sum(record => (long)record.Length);
    }

    public void Flush() => RandomAccess.FlushToDisk(_handle);

    public int Read(Span<byte> into, long at) => RandomAccess.Read(_handle, into, at);

    public void Overwrite(ReadOnlySpan<byte> bytes, long at) => RandomAccess.Write(_handle, bytes, at);

    public void CutAt(long length)
    {
        RandomAccess.SetLength(_handle, length);
        RandomAccess.FlushToDisk(_handle);
        Length = length;
    }

    public void Delete()
    {
        System.IO.File.Delete(File);
        _handle.Dispose();
    }

    public void Dispose() => _handle.Dispose();
}
