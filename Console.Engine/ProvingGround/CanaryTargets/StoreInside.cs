using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Index.Client;
using OpsConsole.Engine.ProvingGround.Probing;
using OpsConsole.Engine.ProvingGround.Storage;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Engine.ProvingGround.CanaryTargets;

/// <summary>
/// The way past the web hosts, made when it is first needed. Scripts that ship with the ground have it; what people put as a canary's steps never does, since whoever has it could order storage hosts about.
/// </summary>
internal sealed class StoreInside(GroundSupervisor supervisor, GroundFolder folder, TimeProvider clock) : IShardHosts, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly Lazy<Ways> _ways = new(() => new Ways(supervisor, folder, clock));

    public ShardAudit Audit => new(_ways.Value.Index, Find);

    public IShardHost? Find(string host) => supervisor.Plan.Has(host) && supervisor.Plan[host] is { Role: GroundRole.Storage } planned ? new HttpShardHost(host, planned.Address, _ways.Value.Http, clock) : null;

    public object? ProcessOf(string host) => supervisor.RunningOf(host);

    public void Dispose()
    {
        if (_ways.IsValueCreated)
        {
            _ways.Value.Dispose();
        }
    }

    private sealed class Ways : IDisposable
    {
        public Ways(GroundSupervisor supervisor, GroundFolder folder, TimeProvider clock)
        {
            Http = GroundHttp.Make(folder.Secret(), Limit);
            Index = new IndexClient(() => supervisor.Plan.Of(GroundRole.Index).ToDictionary(host => host.Id, host => host.Address), Http, clock);
        }

        public HttpClient Http { get; }

        public IndexClient Index { get; }

        public void Dispose()
        {
            Index.Dispose();
            Http.Dispose();
        }
    }
}
