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

    /// <summary>Null for a name that is in no plan.</summary>
    public IShardHost? ShardHost(string name, Func<Uri, Uri>? reach = null) =>
        context.Plan.Current.Has(name) ? new HttpShardHost(name, () => reach is null ? context.Plan.Current[name].Address : reach(context.Plan.Current[name].Address), http, context.Clock) : null;

    public HttpReports Reports(IIndex index) => new(index, name => context.Plan.Current.Has(name) ? context.Plan.Current[name].Address : null, http, context.Clock);

    public BlobStore Blobs(IIndex index, Behaviour behaviour, IShardReports reports)
    {
        var azs = context.Plan.Current.Of(GroundRole.Storage).Select(host => host.Az).Distinct().Order(StringComparer.Ordinal).ToList();
        var options = new BlobStoreOptions { OwnAz = azs.IndexOf(context.Me.Az), CacheBytes = CacheBytes, Leaving = behaviour.OnShard };
        return new BlobStore(index, name => ShardHost(name, behaviour.Reach), options, reports, context.Clock, Guid.NewGuid);
    }
}
