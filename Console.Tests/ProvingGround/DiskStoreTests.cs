using System.Text;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Tests.ProvingGround;

public sealed class DiskStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("disk-store-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_kept_is_there_after_a_restart()
    {
        new DiskStore(_folder).Keep(Sealed("k", 5, "content"));
        var again = new DiskStore(_folder);
        Assert.Equal(5, again.VersionOf("b", "k"));
        Assert.Equal("content", Content(again, "k"));
        Assert.Equal(["k"], again.List("b", "", "", 10).Entries.Select(entry => entry.Key));
    }

    [Fact]
    public void A_crash_between_writing_and_renaming_leaves_the_old_object()
    {
        var disk = new DiskStore(_folder);
        disk.Keep(Sealed("k", 1, "old"));
        File.WriteAllBytes(Path.Combine(_folder, "beside", "99"), Sealed("k", 2, "new")[..20]);
        var again = new DiskStore(_folder);
        Assert.Equal("old", Content(again, "k"));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder, "beside")));
    }

    [Fact]
    public void Damage_on_disk_is_seen_on_read_and_mended_by_the_same_version()
    {
        var disk = new DiskStore(_folder);
        disk.Keep(Sealed("k", 1, "content"));
        var file = disk.PathOf("b", "k");
        var bytes = File.ReadAllBytes(file);
        bytes[^12] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.Null(disk.Read("b", "k"));
        Assert.Equal(1, disk.VersionOf("b", "k"));
        Assert.Equal(Kept.Yes, disk.Keep(Sealed("k", 1, "content")).Kept);
        Assert.Equal("content", Content(disk, "k"));
    }

    [Fact]
    public void A_copy_whose_head_is_damaged_is_not_taken_for_absence()
    {
        var disk = new DiskStore(_folder);
        disk.Keep(Sealed("k", 1, "content"));
        File.WriteAllBytes(disk.PathOf("b", "k"), [1, 2, 3]);
        Assert.Throws<IOException>(() => new DiskStore(_folder).VersionOf("b", "k"));
    }

    [Fact]
    public void Older_versions_and_damaged_envelopes_are_refused()
    {
        var disk = new DiskStore(_folder);
        disk.Keep(Sealed("k", 7, "new"));
        Assert.Equal(new KeepResult(Kept.Superseded, 7), disk.Keep(Sealed("k", 6, "old")));
        var damaged = Sealed("k", 8, "x");
        damaged[10] ^= 4;
        Assert.Equal(Kept.Corrupt, disk.Keep(damaged).Kept);
        Assert.Equal("new", Content(disk, "k"));
    }

    [Fact]
    public void A_full_disk_takes_nothing_new_and_keeps_what_it_has()
    {
        var disk = new DiskStore(_folder, maxBytes: 10);
        Assert.Equal(Kept.Yes, disk.Keep(Sealed("a", 1, "12345678")).Kept);
        Assert.Equal(Kept.Full, disk.Keep(Sealed("b", 1, "12345678")).Kept);
        Assert.Equal("12345678", Content(disk, "a"));
    }

    [Theory]
    [InlineData("../../escape")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("a\nb")]
    public void No_key_names_a_path(string key)
    {
        var disk = new DiskStore(_folder);
        disk.Keep(Sealed(key, 1, "content"));
        Assert.Equal("content", Content(disk, key));
        Assert.StartsWith(_folder, Path.GetFullPath(disk.PathOf("b", key)), StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_come_in_the_order_of_their_bytes()
    {
        var disk = new DiskStore(_folder);
        string[] ordered = ["A", "a", "a/", "a0", "\uE000", "\uFFFD", "\U0001F600"];
        foreach (var key in ordered.Reverse())
        {
            disk.Keep(Sealed(key, 1, "x"));
        }

        Assert.Equal(ordered, disk.List("b", "", "", 100).Entries.Select(entry => entry.Key));
        Assert.Equal(["a0"], disk.List("b", "a", "a/", 100).Entries.Select(entry => entry.Key));
        Assert.True(disk.List("b", "a", "", 2).More);
    }

    private static byte[] Sealed(string key, long version, string content) =>
        Envelope.Pack(new ObjectHeader("b", key, version, content.Length, "", DateTimeOffset.UnixEpoch, Deleted: false), Encoding.UTF8.GetBytes(content));

    private static string? Content(DiskStore disk, string key) => disk.Read("b", key) is { } envelope ? Encoding.UTF8.GetString(Envelope.Unpack(envelope)!.Content.Span) : null;
}
