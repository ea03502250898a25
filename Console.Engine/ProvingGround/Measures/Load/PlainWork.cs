using OpsConsole.Domain.ProvingGround.Coding;
using OpsConsole.Domain.ProvingGround.Placement;

namespace OpsConsole.Engine.ProvingGround.Measures.Load;

/// <summary>What the machine can do at best: a file written and flushed, bytes coded, one after another on one thread.</summary>
internal sealed class PlainWork(string folder, TimeProvider clock)
{
    /// <summary>4 KB or more appended to a file and flushed to disk, again and again.</summary>
    public LoadResult Fsync(int bytes, TimeSpan time)
    {
        var file = Path.Combine(folder, "plain");
        using var handle = File.OpenHandle(file, FileMode.Create, FileAccess.Write, options: FileOptions.DeleteOnClose);
        var content = new byte[bytes];
        var at = 0L;
        return Repeat(bytes, time, () =>
        {
            RandomAccess.Write(handle, content, at);
            RandomAccess.FlushToDisk(handle);
            at += content.Length;
        });
    }

    /// <summary>RS(5,4) of an extent of 1 MiB; the bytes of data count, not those of parity.</summary>
    public LoadResult Encode(TimeSpan time)
    {
        const int Extent = 1 << 20;
        var code = new ReedSolomon(PlacementMap.Needed, PlacementMap.Positions - PlacementMap.Needed);
        var length = (Extent + PlacementMap.Needed - 1) / PlacementMap.Needed;
        var shards = new byte[length * PlacementMap.Positions];
        new Random(Extent).NextBytes(shards);
        return Repeat(Extent, time, () => code.Encode(shards, length));
    }

    private LoadResult Repeat(int bytes, TimeSpan time, Action work)
    {
        var ticks = new List<long>();
        var began = clock.GetTimestamp();
        while (clock.GetElapsedTime(began) < time)
        {
            var at = clock.GetTimestamp();
            work();
            ticks.Add(clock.GetTimestamp() - at);
        }

        return new LoadResult(bytes, clock.GetElapsedTime(began), ticks);
    }
}
