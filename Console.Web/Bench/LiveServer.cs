using System.Security.Claims;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OpsConsole.Domain.Access;
using OpsConsole.Engine;
using OpsConsole.Engine.Journal;
using OpsConsole.Web.Api;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Bench;

/// <summary>The hub on real Kestrel over the journal on disk, without the door: what is measured is the way of an event.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LiveServer(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public ICommands Commands => Services.GetRequiredService<ICommands>();

    public Uri HubUri => new(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First().Replace("http", "ws", StringComparison.Ordinal) + LiveHubSetup.Path);

    public static async Task<LiveServer> StartAsync(string folder, ICommitObserver observer, CancellationToken cancel)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddEngineCore();
        builder.Services.AddSqliteJournal(folder);
        builder.Services.AddSingleton(observer);
        builder.Services.AddLiveWeb();
        builder.Services.AddLiveHub();
        builder.Services.AddScoped<IViewer, Nobody>();
        var app = builder.Build();
        app.MapLiveHub();
        await app.Services.GetRequiredService<CommandPath>().LoadAsync(cancel);
        await app.StartAsync(cancel);
        return new(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed class Nobody : IViewer
    {
        public ValueTask<Actor> ActorAsync(ClaimsPrincipal? user = null) => new(new Actor(ActorKind.Person, "nobody", []));
    }
}
