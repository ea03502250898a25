using OpsConsole.Engine.ProvingGround.Checksums;
using OpsConsole.Engine.ProvingGround.Storage;

namespace OpsConsole.Tests.ProvingGround.Storage;

/// <summary>A shard store's folder for one test, and shards to put in it.</summary>
internal sealed class StoreFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("shards-").FullName;

    public ShardStoreOptions Options => new() { Folder = Path, SegmentBytes = 4_096 };

    public static Shard Make(int number, int length = 100, int position = 0)
    {
        var bytes = new byte[length];
        new Random(number).NextBytes(bytes);
        return new Shard(new ShardName(new Guid(number, 0, 0, new byte[8]), position), number % 3, Crc32.Castagnoli(bytes), bytes);
    }

    public static Shard MakeProbe(int number) => Make(number) with { Name = ShardName.OfProbe(0) };

    /// <summary>As a killed process leaves it: what is on disk now, in another folder.</summary>
    public StoreFolder Snapshot()
    {
        var copy = new StoreFolder();
        foreach (var file in Files())
        {
            using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var to = File.Create(System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(file)));
            from.CopyTo(to);
        }

        return copy;
    }

    public string[] Files() => [.. Directory.GetFiles(Path).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
