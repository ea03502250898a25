using OpsConsole.Domain.ProvingGround.Consensus;
using OpsConsole.Engine.ProvingGround.Index.Disk;

namespace OpsConsole.Tests.ProvingGround.Index;

public sealed class MemberDiskTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("index-disk-").FullName;

    private string LogFile => Directory.GetFiles(_folder, "log-*").Order().Last();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_synced_is_found_and_replaced_entries_are_not()
    {
        using (var disk = new MemberDisk(_folder))
        {
            disk.Add(new SaveTerm(3, "b"));
            disk.Add(new SaveEntries([Entry(1, 1), Entry(2, 1), Entry(3, 1)]));
            disk.Sync();
            disk.Add(new SaveEntries([Entry(2, 3)]));
            disk.Sync();
        }

        using var again = new MemberDisk(_folder);
        Assert.Equal((3, "b"), (again.Found.Term, again.Found.Vote));
        Assert.Equal([(1, 1), (2, 3)], again.Found.Entries.Select(entry => (entry.Index, entry.Term)));
    }

    [Fact]
    public void A_torn_end_is_cut_off_at_every_length_and_damage_before_it_is_refused()
    {
        long whole;
        using (var disk = new MemberDisk(_folder))
        {
            disk.Add(new SaveEntries([Entry(1, 1)]));
            disk.Sync();
            whole = new FileInfo(LogFile).Length;
            disk.Add(new SaveEntries([Entry(2, 1)]));
            disk.Sync();
        }

        var bytes = File.ReadAllBytes(LogFile);
        for (var length = whole; length < bytes.Length; length++)
        {
            File.WriteAllBytes(LogFile, bytes[..(int)length]);
            using var disk = new MemberDisk(_folder);
            Assert.Equal([1L], disk.Found.Entries.Select(entry => entry.Index));
        }

        for (var at = 0; at < whole; at++)
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= 0x40;
            File.WriteAllBytes(LogFile, damaged);
            Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => new MemberDisk(_folder)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_snapshot_takes_the_place_of_what_it_stands_for()
    {
        var steps = new IndexSteps();
        steps.Put("k", "e", IndexSteps.Extent());
        var version = steps.State.Version;
        using (var disk = new MemberDisk(_folder))
        {
            disk.Add(new SaveEntries([.. Enumerable.Range(1, (int)version + 5).Select(index => Entry(index, 1))]));
            disk.Sync();
            disk.Snapshots.WriteOwn(steps.State, 1);
            disk.Compact(version - 1, 1);
        }

        using (var again = new MemberDisk(_folder))
        {
            Assert.Equal((version, 1L), (again.Found.Snapshot.Index, again.Found.Snapshot.Term));
            Assert.Equal(version - 1, again.Found.Begins);
            Assert.Equal(6, again.Found.Entries.Length);
            Assert.Equal(steps.State.Find("b", "k").Object!.Extents.Single(), again.State.Find("b", "k").Object!.Extents.Single());
            Assert.Equal((1, 1), (again.State.Objects, again.State.Live.Count));
            Assert.Equal(steps.State.Answers.Count, again.State.Answers.Count);
        }

        var file = Path.Combine(_folder, "snapshot");
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.Throws<InvalidDataException>(() => new MemberDisk(_folder));
    }

    private static LogEntry Entry(long index, long term) => new(index, term, new byte[] { 1, 2, 3 });
}
