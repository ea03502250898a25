using Microsoft.AspNetCore.Http;
using OpsConsole.Domain.ProvingGround.Repair;
using OpsConsole.Engine.ProvingGround.Behaviours;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Index.Client;
using OpsConsole.Engine.ProvingGround.Repair;
using OpsConsole.Engine.ProvingGround.Storage;

namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>A storage host in its own process: its shards, and its ways to the index and to the other storage hosts, for repair.</summary>
internal sealed class StorageRole : IHostRole
{
    private readonly HttpClient _http;
    private readonly IndexClient _index;
    private readonly ShardHostRole _shards;

    public StorageRole(RoleContext context)
    {
        _http = GroundHttp.Make(context.Folder.Secret());
        var stores = new StoreFactory(context, _http);
        _index = stores.Index();
        var store = ShardStore.Open(new ShardStoreOptions { Folder = Path.Combine(context.Folder.Of(context.Me.Id), "shards") }, disk: context.Disk);
        var repair = new RepairWorker(context.Me.Id, _index, stores.ShardHosts(), () => [.. context.Plan.Current.Of(GroundRole.Storage).Select(host => new ShardHome(host.Id, host.Az))], new RepairPolicy { Delay = context.Plan.Current.RepairDelay ?? new RepairPolicy().Delay }, context.Clock);
        _shards = new ShardHostRole(context.Me.Id, store, new HostCare(store, context.Clock, new Collector(context.Me.Id, store, _index), repair), context.Clock)
        {
            Keeping = ShardKeeping.Of(context.Release?.Manifest.Build, context.Me.Port),
        };
    }

    public long Requests => _shards.Requests;

    public Task WarmUpAsync(CancellationToken cancel) => _shards.WarmUpAsync(cancel);

    public Task HandleAsync(HttpContext context) => _shards.HandleAsync(context);

    public Task<bool> HandleControlAsync(HttpContext context, string what) => _shards.HandleControlAsync(context, what);

    public Task<string?> TroubleAsync(CancellationToken cancel) => _shards.TroubleAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await _shards.DisposeAsync().ConfigureAwait(false);
        _index.Dispose();
        _http.Dispose();
    }
}
