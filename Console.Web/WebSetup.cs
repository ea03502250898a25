using OpsConsole.Web.Access;
using OpsConsole.Web.Alarms;
using OpsConsole.Web.Api;
using OpsConsole.Web.Canaries;
using OpsConsole.Web.Cord;
using OpsConsole.Web.Durability;
using OpsConsole.Web.Fleet;
using OpsConsole.Web.Journal;
using OpsConsole.Web.Live;
using OpsConsole.Web.Noodles;
using OpsConsole.Web.ProvingGround;
using OpsConsole.Web.FleetUpdate;
using OpsConsole.Web.Reservations;
using OpsConsole.Web.Rollouts;
using OpsConsole.Web.Shell;
using Radzen;

namespace OpsConsole.Web;

/// <summary>Composes pages, API and hub. This is where slices are listed: deleting a slice breaks this file and nothing else of the web.</summary>
public static class WebSetup
{
    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        return services.AddDoor().AddApi().AddLiveWeb().AddShell().AddLiveHub();
    }

    public static void MapWeb(this WebApplication app)
    {
        app.UseApiErrors();
        app.UseDoor();
        app.UseSameOriginGuard();
        app.UseNoSuchPage();
        app.MapStaticAssets().OpenForSignIn();
        app.MapGet("/health", () => Results.Text("ok")).AllowAnonymous();
        app.MapSignIn();
        app.MapApiEndpoints();
        app.MapLiveHub();
        app.MapAgents();
        app.MapFleetLock();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().OnlyRead();
    }

    private static void MapApiEndpoints(this WebApplication app)
    {
        var api = app.MapApi();
        api.MapEngine();
        api.MapAudit();
        api.MapAccess();
        api.MapCord();
        api.MapAlarms();
        api.MapMetrics();
        api.MapFleet();
        api.MapFleetFiles();
        api.MapReservations();
        api.MapFleetUpdate();
        api.MapRolloutApi();
        api.MapGround();
        api.MapDurability();
        api.MapCanaries();
        api.MapNoodles();
    }
}
