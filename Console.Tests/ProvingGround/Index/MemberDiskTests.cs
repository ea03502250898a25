using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Consensus;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Index.Disk;

namespace OpsConsole.Tests.ProvingGround.Index;

public sealed class MemberDiskTests : IDisposable
{
    private static readonly Guid Founder = Guid.NewGuid();

    private readonly string _folder = Directory.CreateTempSubdirectory("index-disk-").FullName;

    private string LogFile => Directory.GetFiles(_folder, "log-*").Order().Last();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_synced_is_found_and_replaced_entries_are_not()
    {
        using (var disk = Open())
        {
            disk.Add(new SaveTerm(3, "b"));
            disk.Add(new SaveEntries([Entry(1, 1), Entry(2, 1), Entry(3, 1)]));
            disk.Sync();
            disk.Add(new SaveEntries([Entry(2, 3)]));
            disk.Sync();
        }

        using var again = Open();
        Assert.Equal((3, "b"), (again.Found.Term, again.Found.Vote));
        Assert.Equal([(1, 1), (2, 3)], again.Found.Entries.Select(entry => (entry.Index, entry.Term)));
    }

    [Fact]
    public void A_torn_end_is_cut_off_at_every_length_and_damage_before_it_is_refused()
    {
        long whole;
        using (var disk = Open())
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
            using var disk = Open();
            Assert.Equal([1L], disk.Found.Entries.Select(entry => entry.Index));
        }

        for (var kept = whole; kept < bytes.Length; kept++)
        {
            // The file had grown, and not all of its bytes had come.
            File.WriteAllBytes(LogFile, [.. bytes[..(int)kept], .. new byte[bytes.Length - kept]]);
            if (!File.ReadAllBytes(LogFile).AsSpan().SequenceEqual(bytes))
            {
                using var disk = Open();
                Assert.Equal([1L], disk.Found.Entries.Select(entry => entry.Index));
                Assert.Equal(whole, new FileInfo(LogFile).Length);
            }
        }

        for (var at = 0; at < whole; at++)
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= 0x40;
            File.WriteAllBytes(LogFile, damaged);
            Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => Open()).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_snapshot_takes_the_place_of_what_it_stands_for()
    {
        var steps = new IndexSteps();
        steps.Put("k", "e", IndexSteps.Extent());
        var version = steps.State.Version;
        using (var disk = Open())
        {
            disk.Add(new SaveEntries([.. Enumerable.Range(1, (int)version + 5).Select(index => Entry(index, 1))]));
            disk.Sync();
            disk.Snapshots.WriteOwn(steps.State, 1);
            disk.Compact(version - 1, 1);
        }

        using (var again = Open())
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
        Assert.Throws<InvalidDataException>(() => Open());
    }

    [Fact]
    public void A_log_that_is_gone_comes_back_as_another_incarnation_and_one_that_is_there_as_the_same()
    {
        var members = new Membership(7, new Dictionary<string, Guid> { ["a"] = Founder }.ToImmutableSortedDictionary(StringComparer.Ordinal));
        using (var disk = Open())
        {
            Assert.Equal(Founder, disk.Found.Incarnation);
            disk.Add(new SaveMembers(members));
            disk.Sync();
        }

        using (var again = new MemberDisk(_folder, null, new PatientDisk()))
        {
            Assert.Equal(Founder, again.Found.Incarnation);
            Assert.Equal((7L, Founder), (again.Found.Members!.Since, again.Found.Members.Incarnations["a"]));
        }

        Array.ForEach(Directory.GetFiles(_folder), File.Delete);
        using var empty = new MemberDisk(_folder, null, new PatientDisk());
        Assert.NotEqual(Founder, empty.Found.Incarnation);
        Assert.Null(empty.Found.Members);
    }

    [Fact]
    public void What_was_synced_survives_a_loss_of_power_and_what_was_said_to_be_and_was_not_does_not()
    {
        var power = new PatientDisk();
        using (var disk = new MemberDisk(_folder, Founder, power))
        {
            disk.Add(new SaveEntries([Entry(1, 1)]));
            disk.Sync();
            power.IgnoresSync = true;
            disk.Add(new SaveEntries([Entry(2, 1)]));
            disk.Sync();
            power.LosePower();
        }

        using var again = Open();
        Assert.Equal([1L], again.Found.Entries.Select(entry => entry.Index));
    }

    [Fact]
    public void A_full_disk_is_no_place_to_go_on()
    {
        var full = new PatientDisk();
        using var disk = new MemberDisk(_folder, Founder, full);
        full.Full = true;
        disk.Add(new SaveEntries([Entry(1, 1)]));
        Assert.Throws<IOException>(disk.Sync);
    }

    private MemberDisk Open() => new(_folder, Founder, new PatientDisk());

    private static LogEntry Entry(long index, long term) => new(index, term, new byte[] { 1, 2, 3 });
}
