using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OpsConsole.Engine;
using OpsConsole.Engine.Access;
using OpsConsole.Engine.Alarms;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Noodles;
using OpsConsole.Engine.Reservations;
using OpsConsole.Engine.Rollouts.Notifications;
using OpsConsole.Web.Api;
using OpsConsole.Web.Fleet;

namespace OpsConsole.Web.Shell;

/// <summary>What a console is started with.</summary>
/// <param name="Urls">Where to listen; port 0 for a free one.</param>
/// <param name="Data">Folder of all that is kept; made where it is missing.</param>
internal sealed record ConsoleOptions(string Urls, string Data)
{
    /// <summary>Names the console answers to besides loopback ones and the one it listens on.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>What there is to operate, one of <see cref="Worlds"/>.</summary>
    public string World { get; init; } = Worlds.None;

    /// <summary>How the proving ground's customers behave; null for the usual.</summary>
    public string? Customers { get; init; }

    /// <summary>Whether messages may go to this machine itself.</summary>
    public bool NotifyLoopback { get; init; }

    /// <summary>Last changes to the services: tests put their own journal or clock here.</summary>
    public Action<IServiceCollection>? Services { get; init; }
}

/// <summary>Builds the console: the same for the verb <c>serve</c> and for tests.</summary>
internal static class ConsoleApp
{
    public static WebApplication Build(ConsoleOptions options)
    {
        Directory.CreateDirectory(options.Data);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(ConsoleApp).Assembly.GetName().Name });
        builder.WebHost.UseStaticWebAssets();
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.AddEngineCore();
        builder.Services.AddSqliteJournal(options.Data);
        builder.Services.AddOutsideSources(options.Data);
        builder.Services.AddHostedService(provider => provider.GetRequiredService<EngineLoop>());
        builder.Services.AddAccessStore(options.Data);
        builder.Services.AddSingleton(new HostNames(options.Urls, options.Names));
        builder.Services.AddWorld(options.World, options.Data, options.Customers);
        builder.Services.AddNoodles(options.Data);
        builder.Services.AddAgents(options.Data);
        builder.Services.AddAuthorities(options.Data);
        builder.Services.AddWeb();
        builder.Services.AddSingleton(new NotificationOptions { AllowLoopback = options.NotifyLoopback });
        options.Services?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapWeb();
        foreach (var url in options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            app.Urls.Add(url);
        }

        return app;
    }

    /// <summary>Loads the journal, opens the door and listens. The one-time sign-in link, where nobody has a password yet, is told before anybody can ask for it.</summary>
    public static async Task OpenAsync(this WebApplication app, Action<string> tellLink, CancellationToken cancel)
    {
        // What neither reads nor writes a state is made ready on the side: most of a start is waiting for the journal.
        var ready = Task.Run(() => AccessSchema.PrepareAsync(app.Services, cancel), cancel);
        await app.Services.GetRequiredService<CommandPath>().LoadAsync(cancel);
        await ready;
        var start = app.Services.GetRequiredService<FirstStart>();
        var token = await start.OpenAsync(cancel);
        var told = Tell(app.Urls.FirstOrDefault());
        await app.StartAsync(cancel);
        if (!told)
        {
            Tell(app.Address());
        }

        bool Tell(string? address)
        {
            if (token is null || address is null || BindingAddress.Parse(address).Port == 0)
            {
                return false;
            }

            var link = $"{Reachable(address)}/sign-in/once/{token}";
            start.KeepLink(link);
            tellLink(link);
            return true;
        }
    }

    /// <summary>Where it listens, with the port it was given.</summary>
    public static string Address(this WebApplication app) => Reachable(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>An address that listens on all of the machine's is reached on loopback.</summary>
    private static string Reachable(string address) =>
        address.Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://[::]", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://*", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://+", "://127.0.0.1", StringComparison.Ordinal)
            .TrimEnd('/');
}
