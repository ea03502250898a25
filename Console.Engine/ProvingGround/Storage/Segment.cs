using OpsConsole.Engine.ProvingGround.Hosting;

namespace OpsConsole.Engine.ProvingGround.Storage;

/// <summary>One append-only file of records.</summary>
internal sealed class Segment : IDisposable
{
    private readonly KeptFile _kept;

    private Segment(long number, string file, KeptFile kept) => (Number, File, _kept, Length) = (number, file, kept, kept.Length);

    /// <summary>Later segments have greater ones.</summary>
    public long Number { get; }

    public string File { get; }

    /// <summary>Bytes written, those of dead records too.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes of records that the index names; kept by <see cref="ShardIndex"/> under its lock.</summary>
    public long Live { get; set; }

    public static Segment Open(string folder, long number, PatientDisk disk)
    {
        var file = Path.Combine(folder, $"{number:d8}.seg");
        return new Segment(number, file, KeptFile.Open(file, FileMode.OpenOrCreate, disk));
    }

    public static IEnumerable<long> NumbersIn(string folder) =>
        Directory.EnumerateFiles(folder, "*.seg").Select(file => long.TryParse(Path.GetFileNameWithoutExtension(file), out var number) ? number : 0).Where(number => number > 0).Order();

    public void Append(IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        _kept.Write(records, Length);
        Length += records.Sum(record => (long)record.Length);
    }

    public void Flush() => _kept.Flush();

    public int Read(Span<byte> into, long at) => _kept.Read(into, at);

    public void Overwrite(ReadOnlyMemory<byte> bytes, long at) => _kept.Write(bytes, at);

    public void CutAt(long length)
    {
        _kept.CutAt(length);
        Length = length;
    }

    public void Delete()
    {
        System.IO.File.Delete(File);
        _kept.Dispose();
    }

    public void Dispose() => _kept.Dispose();
}
