using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Repair;
using OpsConsole.Engine.ProvingGround.Blobs;
using OpsConsole.Engine.ProvingGround.Storage;
using OpsConsole.Tests.ProvingGround.Storage;

namespace OpsConsole.Tests.ProvingGround.Blobs;

/// <summary>Nine storage hosts in memory, three in each of the AZs a, b and c, and who reports bad shards of them.</summary>
internal sealed class FakeFleet : IShardReports
{
    private int _blobs;

    public FakeFleet(int groups = 5, int hostsPerAz = 3)
    {
        Index = new MemoryPlacement(groups, hostsPerAz);
        Hosts = "abc".SelectMany(az => Enumerable.Range(1, hostsPerAz).Select(number => new FakeShardHost($"{az}{number}"))).ToImmutableSortedDictionary(host => host.Host, host => host);
    }

    public MemoryPlacement Index { get; }

    public ImmutableSortedDictionary<string, FakeShardHost> Hosts { get; }

    public ConcurrentQueue<ShardName> Reported { get; } = new();

    public ImmutableArray<ShardHome> Homes => [.. Hosts.Keys.Select(host => new ShardHome(host, host[..1]))];

    public FakeShardHost this[string host] => Hosts[host];

    public IEnumerable<FakeShardHost> Az(char az) => Hosts.Values.Where(host => host.Host[0] == az);

    public IShardHost? Find(string host) => Hosts.GetValueOrDefault(host);

    public FakeShardHost At(int group, int position) => Hosts[Index.Map.Groups[group].Hosts[position]];

    public void Report(ShardName name, int group) => Reported.Enqueue(name);

    public BlobStore Store(BlobStoreOptions? options = null) =>
        new(Index, Find, options ?? Quick, this, TimeProvider.System, () => new Guid(Interlocked.Increment(ref _blobs), 1, 2, new byte[8]));

    /// <summary>Short waits, for hosts that hang; the deadline is generous, so that a busy machine does not decide a test.</summary>
    public static BlobStoreOptions Quick { get; } = new() { Patience = TimeSpan.FromMilliseconds(20), Hedge = TimeSpan.FromMilliseconds(5), Deadline = TimeSpan.FromSeconds(30), CacheBytes = 0 };
}
