using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Index.Disk;
using OpsConsole.Tests.World;
using Xunit.Abstractions;

namespace OpsConsole.Tests.ProvingGround.Index;

/// <summary>What many objects cost an index member; <c>bench index --objects 1000000</c> is the same at full size, in processes.</summary>
[Trait("Category", "Scenario")]
[Collection(Alone.Name)]
public sealed class ManyObjectsTests(ITestOutputHelper output) : IDisposable
{
    private const int Objects = 40_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("index-many-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_snapshot_of_many_objects_is_written_in_pieces_and_gives_the_same_state_in_bounded_memory()
    {
        var steps = new IndexSteps();
        for (var i = 0; i < Objects; i++)
        {
            steps.Put($"folder-{i % 100}/object-{i:D9}", $"{Guid.NewGuid():N}", IndexSteps.Extent(group: i % 64));
        }

        using (var disk = new MemberDisk(_folder, Guid.NewGuid(), new PatientDisk()))
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var mark = disk.Snapshots.WriteOwn(steps.State, 1);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            output.WriteLine($"snapshot of {mark.Length} bytes, {mark.Length / Objects} an object; {allocated} bytes allocated to write it");
            Assert.True(allocated < 12 << 20, $"{allocated} bytes were allocated to write {mark.Length}");
            disk.Compact(mark.Index, 1);
        }

        var heap = GC.GetTotalMemory(forceFullCollection: true);
        using var again = new MemberDisk(_folder, null, new PatientDisk());
        var grown = (GC.GetTotalMemory(forceFullCollection: true) - heap) / Objects;
        output.WriteLine($"{grown} bytes of memory an object");
        Assert.True(grown < 1_200, $"{grown} bytes an object: a million need more than an index host may have");
        Assert.Equal((Objects, Objects, 1), (again.State.Objects, again.State.Live.Count, again.State.Buckets.Count));
        Assert.Equal(steps.State.Buckets["b"].Objects.All().Select(Facts), again.State.Buckets["b"].Objects.All().Select(Facts));
        Assert.Equal(steps.State.Live.Page(7, Guid.Empty, Objects).Extents.ToArray(), again.State.Live.Page(7, Guid.Empty, Objects).Extents.ToArray());
    }

    private static (string Key, string ETag, long Version, DateTimeOffset Modified, Extent Extent) Facts(ObjectEntry entry) => (entry.Key, entry.ETag, entry.Version, entry.Modified, entry.Extents.Single());
}
