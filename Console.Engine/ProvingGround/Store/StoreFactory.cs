using System.Collections.Frozen;
using OpsConsole.Engine.ProvingGround.Behaviours;
using OpsConsole.Engine.ProvingGround.Blobs;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Index.Client;
using OpsConsole.Engine.ProvingGround.Repair;
using OpsConsole.Engine.ProvingGround.Storage;

namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>The one place that says how hosts reach the index and the storage fleet.</summary>
internal sealed class StoreFactory(RoleContext context, HttpClient http)
{
    /// <summary>Memory of a web host for extents it has read.</summary>
    private const long CacheBytes = 32 << 20;

    public IndexClient Index(Func<Uri, Uri>? reach = null) =>
        new(() => context.Plan.Current.Of(GroundRole.Index).ToDictionary(host => host.Id, host => reach is null ? host.Address : reach(host.Address)), http, context.Clock);

    /// <summary>By their names; null for one that is in no plan. A host that moves to another port is found there.</summary>
    public Func<string, IShardHost?> ShardHosts(Func<Uri, Uri>? reach = null)
    {
        var known = Reached(context.Plan.Current, reach);
        return name =>
        {
            var (seen, plan) = (Volatile.Read(ref known), context.Plan.Current);
            if (!ReferenceEquals(seen.Plan, plan))
            {
                Volatile.Write(ref known, seen = Reached(plan, reach));
            }

            return seen.Hosts.GetValueOrDefault(name);
        };
    }

    public HttpReports Reports(IIndex index) => new(index, name => context.Plan.Current.Has(name) ? context.Plan.Current[name].Address : null, http, context.Clock);

    public BlobStore Blobs(IIndex index, Behaviour behaviour, IShardReports reports)
    {
        var azs = context.Plan.Current.Of(GroundRole.Storage).Select(host => host.Az).Distinct().Order(StringComparer.Ordinal).ToList();
        var options = new BlobStoreOptions { OwnAz = azs.IndexOf(context.Me.Az), CacheBytes = CacheBytes, Leaving = behaviour.OnShard };
        return new BlobStore(index, ShardHosts(behaviour.Reach), options, reports, context.Clock, Guid.NewGuid);
    }

    private ReachedHosts Reached(GroundPlan plan, Func<Uri, Uri>? reach) =>
        new(plan, plan.Of(GroundRole.Storage).ToFrozenDictionary(host => host.Id, IShardHost (host) => new HttpShardHost(host.Id, reach is null ? host.Address : reach(host.Address), http, context.Clock)));

    private sealed record ReachedHosts(GroundPlan Plan, FrozenDictionary<string, IShardHost> Hosts);
}
