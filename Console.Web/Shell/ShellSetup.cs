using OpsConsole.Domain.Reservations;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Rollouts.Notifications;
using OpsConsole.Web.Alarms;
using OpsConsole.Web.Alarms.Forms;
using OpsConsole.Web.Canaries;
using OpsConsole.Web.Cord;
using OpsConsole.Web.Durability;
using OpsConsole.Web.Fleet;
using OpsConsole.Web.FleetUpdate;
using OpsConsole.Web.Journal;
using OpsConsole.Web.Noodles;
using OpsConsole.Web.Overview;
using OpsConsole.Web.ProvingGround;
using OpsConsole.Web.Reservations;
using OpsConsole.Web.Rollouts;
using OpsConsole.Web.Rollouts.Calendar;
using OpsConsole.Web.Rollouts.Editor;
using OpsConsole.Web.Rollouts.Notifications;
using OpsConsole.Web.Rollouts.Preview;
using OpsConsole.Web.Settings;

namespace OpsConsole.Web.Shell;

internal static class ShellSetup
{
    /// <summary>Pages and what they read; readers are shared by all circuits.</summary>
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddSingleton<CordReader>();
        services.AddSingleton<SeriesReader>();
        services.AddSingleton<AlarmsReader>();
        services.AddSingleton<AlarmDrafts>();
        services.AddScoped<AlarmDesk>();
        services.AddScoped<CordDesk>();
        services.AddSingleton<RecentPulls>();
        services.AddSingleton<ShellReader>();
        services.AddSingleton<IChangeFreezes, CalendarFreezes>();
        services.AddSingleton<HostReservations>();
        services.AddSingleton(new HostPart(typeof(HostReservationsCard)));
        services.AddSingleton<RegionReader>();
        services.AddSingleton<FleetLockDesk>();
        services.AddSingleton<ReservationsReader>();
        services.AddSingleton<ServiceTierReader>();
        services.AddSingleton<MaintenanceReader>();
        services.AddScoped<FleetUpdateDesk>();
        services.AddScoped<ReservationPageDesk>();
        services.AddSingleton<RolloutReader>();
        services.AddScoped<RolloutDesk>();
        services.AddSingleton<ForecastBook>();
        services.AddSingleton<PipelineEditor>();
        services.AddScoped<PipelineDesk>();
        services.AddSingleton<CalendarReader>();
        services.AddScoped<CalendarDesk>();
        services.AddSingleton<IConsoleAddress, ListenAddress>();
        services.AddSingleton<NotificationReader>();
        services.AddScoped<NotificationDesk>();
        services.AddSingleton<PaletteSearch>();
        services.AddSingleton<RecentEvents>();
        services.AddSingleton<ICommitObserver>(provider => provider.GetRequiredService<RecentEvents>());
        services.AddSingleton<OverviewReader>();
        services.AddSingleton<GroundReader>();
        services.AddSingleton<DurabilityReader>();
        services.AddSingleton<CanariesReader>();
        services.AddScoped<CanaryDesk>();
        services.AddSingleton<NoodleReader>();
        services.AddScoped<NoodleDesk>();
        services.AddScoped<GroundDesk>();
        services.AddScoped<AuditBook>();
        services.AddScoped<SettingsDesk>();
        return services;
    }
}
