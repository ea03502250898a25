using Microsoft.AspNetCore.Http;
using OpsConsole.Engine.ProvingGround.Behaviours;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Web;

/// <summary>A web host: the S3 front over the store, as the build in its release behaves. Keeps nothing but whether it is read-only.</summary>
internal sealed class WebRole : IHostRole
{
    private readonly HttpClient _http;
    private readonly IObjectStore _store;
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
        _store = StoreFactory.Make(context, behaviour, _http);
        _front = new S3Front(_store, new Authenticator(context.Folder.Accounts(), context.Clock), behaviour, () => _readOnly, context.Plan.Current.Region, context.Clock);
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

    public Task<string?> TroubleAsync(CancellationToken cancel) => _store.TroubleAsync(cancel);

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
