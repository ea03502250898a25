using System.CommandLine;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Engine.ProvingGround;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Index.Client;
using OpsConsole.Engine.ProvingGround.Index.Disk;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Web.Bench;

/// <summary><c>bench index</c>: what so many objects cost an index host: memory, snapshot, and the time from its start until it answers. Real processes on the data of a real state.</summary>
internal static class IndexBench
{
    private const double Megabyte = 1 << 20;
    private static readonly Option<int> Objects = new("--objects") { Description = "Objects in the index, 1,000 to 1,000,000.", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<DirectoryInfo> Folder = new("--folder") { Description = "Where the hosts' data lies.", DefaultValueFactory = _ => new DirectoryInfo(Path.GetTempPath()) };

    public static Command Create() =>
        BenchVerb.Bench("index", "Memory and restart time of an index host with so many objects.", [Objects, Folder], async (parsed, cancel) =>
        {
            var folder = new GroundFolder(Path.Combine(parsed.GetValue(Folder)!.FullName, $"opsconsole-index-{Environment.ProcessId}"));
            try
            {
                return await RunAsync(folder, Math.Clamp(parsed.GetValue(Objects), 1_000, IndexLimits.Default.Objects), cancel);
            }
            finally
            {
                Directory.Delete(folder.Root, recursive: true);
            }
        });

    private static async Task<BenchReport> RunAsync(GroundFolder folder, int objects, CancellationToken cancel)
    {
        var clock = TimeProvider.System;
        var options = new GroundOptions { Folder = folder.Root, WebHostsPerAz = 1, StorageHostsPerAz = 1 };
        var plan = GroundPlanner.Make(options, null);
        folder.WritePlan(plan);
        folder.RenewLease(clock.GetUtcNow());
        GroundHost[] members = [.. plan.Of(GroundRole.Index).Take(2)];
        var (bytes, took) = Fill(folder, members, objects, clock);
        GC.Collect();
        using var ground = new GroundClient(folder, clock);
        using var http = GroundHttp.Make(folder.Secret());
        var launcher = new HostLauncher(options, folder, ground, clock);
        var running = new List<RunningHost>();
        try
        {
            var began = clock.GetTimestamp();
            running.Add(Up(await launcher.StartAsync(members[0], cancel)));
            var restart = clock.GetElapsedTime(began);
            running.Add(Up(await launcher.StartAsync(members[1], cancel)));
            using var client = new IndexClient(() => plan.Of(GroundRole.Index).ToDictionary(host => host.Id, host => host.Address), http, clock);
            var found = await client.FindAsync("bench", Key(objects / 2), cancel);
            if (found.Object is null)
            {
                throw new InvalidOperationException("the index hosts serve without what they were given");
            }

            return new("index", new Dictionary<string, double>
            {
                ["objects"] = objects,
                ["memory_mb"] = Math.Round(running.Max(one => ProcessTable.ResidentBytes(one.Pid) ?? 0) / Megabyte, 1),
                ["restart_s"] = Math.Round(restart.TotalSeconds, 2),
                ["snapshot_mb"] = Math.Round(bytes / Megabyte, 1),
                ["snapshot_write_s"] = Math.Round(took.TotalSeconds, 2),
            });
        }
        finally
        {
            await Task.WhenAll(running.Select(one => launcher.StopAsync(one, CancellationToken.None)));
        }
    }

    /// <summary>The snapshot's length in bytes, and how long one took to write.</summary>
    private static (long Bytes, TimeSpan Took) Fill(GroundFolder folder, GroundHost[] members, int objects, TimeProvider clock)
    {
        var state = State(objects, clock.GetUtcNow());
        var (bytes, took) = (0L, TimeSpan.Zero);
        foreach (var member in members)
        {
            using var disk = new MemberDisk(Path.Combine(folder.Of(member.Id), "index"), member.Founder, new PatientDisk());
            var began = clock.GetTimestamp();
            bytes = disk.Snapshots.WriteOwn(state, term: 1).Length;
            took = clock.GetElapsedTime(began);
            disk.Compact(state.Version, 1);
        }

        return (bytes, took);
    }

    private static IndexState State(int objects, DateTimeOffset now)
    {
        var random = new Random(1);
        var state = IndexState.Empty;
        void Do(IndexCommand command) => state = state.Apply(command, state.Version + 1, now, Id(random)).State;
        Do(new SetPlacement(FirstPlacement.Of([["a"], ["b"], ["c"]])));
        Do(new CreateBucket("bench", "owner", Acl.Private));
        for (var i = 0; i < objects; i++)
        {
            var extent = new Extent(Id(random), 250_000, random.Next(state.Placement!.Groups.Length), 1, (ulong)i);
            Do(new PutObject(new ObjectEntry("bench", Key(i), 250_000, $"{Id(random):N}", "owner", [extent]) { Checksum = new ObjectChecksum("CRC64NVME", "AAAAAAAAAAA=", false) }, WriteCondition.None));
        }

        return state;
    }

    private static string Key(int i) => $"folder-{i % 1_000:D3}/an-object-of-a-customer-{i:D9}";

    private static Guid Id(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static RunningHost Up(LaunchResult result) => result.Running ?? throw new InvalidOperationException(result.Trouble);
}
