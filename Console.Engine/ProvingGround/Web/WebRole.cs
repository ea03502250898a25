using Microsoft.AspNetCore.Http;
using OpsConsole.Engine.ProvingGround.Behaviours;
using OpsConsole.Engine.ProvingGround.Front;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Index.Client;
using OpsConsole.Engine.ProvingGround.Repair;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Web;

/// <summary>A web host: the S3 front over the index and the storage fleet, as the build in its release behaves. Keeps nothing but whether it is read-only.</summary>
internal sealed class WebRole : IHostRole
{
    private readonly HttpClient _http;
    private readonly IndexClient _index;
    private readonly HttpReports _reports;
    private readonly FrontParts _parts;
    private readonly S3Front _front;
    private readonly string _readOnlyFile;
    private readonly RoleContext _context;
    private long _requests;
    private volatile bool _readOnly;

    public WebRole(RoleContext context)
    {
        _context = context;
        var behaviour = Builds.Of(context.Release!.Manifest.Build, context.Me.Port, context.Clock);
        behaviour.OnStart();
        _http = GroundHttp.Make(context.Folder.Secret());
        var stores = new StoreFactory(context, _http);
        _index = stores.Index(behaviour.Reach);
        _reports = stores.Reports(_index);
        _parts = new FrontParts(behaviour.Over(_index), stores.Blobs(_index, behaviour, _reports), behaviour, new GroundKey(context.Folder.Secret()), context.Plan.Current.Region, context.Clock);
        _front = new S3Front(_parts, new Identifier(context.Folder.Accounts(), context.Clock), () => _readOnly);
        _readOnlyFile = Path.Combine(context.Folder.Of(context.Me.Id), "read-only");
        _readOnly = File.Exists(_readOnlyFile);
    }

    public long Requests => Interlocked.Read(ref _requests);

    public bool ReadOnly => _readOnly;

    public Task WarmUpAsync(CancellationToken cancel) => WarmUp.RunAsync(_context, cancel);

    public Task HandleAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        return _front.HandleAsync(context);
    }

    public Task<bool> HandleControlAsync(HttpContext context, string what)
    {
        if (what != "read-only" || !HttpMethods.IsPost(context.Request.Method))
        {
            return Task.FromResult(false);
        }

        // On disk first, so that a restart does not forget it.
        if (context.Request.Query["on"] == "true")
        {
            File.WriteAllText(_readOnlyFile, "");
            _readOnly = true;
        }
        else
        {
            File.Delete(_readOnlyFile);
            _readOnly = false;
        }

        return Task.FromResult(true);
    }

    public async Task<string?> TroubleAsync(CancellationToken cancel) => await _index.TroubleAsync(cancel).ConfigureAwait(false) ?? await _parts.Blobs.TroubleAsync(cancel).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        await _reports.DisposeAsync().ConfigureAwait(false);
        _index.Dispose();
        _http.Dispose();
    }
}
