using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Access;
using OpsConsole.Engine.Access.Refusals;
using OpsConsole.Engine.Alarms;
using OpsConsole.Engine.Canaries;
using OpsConsole.Engine.Cord;
using OpsConsole.Engine.Durability;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.FleetUpdate;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Live;
using OpsConsole.Engine.Noodles;
using OpsConsole.Engine.ProvingGround;
using OpsConsole.Engine.Reservations;
using OpsConsole.Engine.Rollouts;
using OpsConsole.Engine.Rollouts.Notifications;

namespace OpsConsole.Engine;

/// <summary>Composes the engine. This is where slices are listed: deleting a slice breaks this file and nothing else of the engine.</summary>
public static class EngineSetup
{
    /// <summary>
    /// Everything but the journal itself and the drivers, which the caller chooses (SQLite or memory, real or scripted).
    /// The order of the lines is the order of the tick: what hosts said, then what stops, then what goes on, then what leaves, then what people are told.
    /// </summary>
    public static IServiceCollection AddEngineCore(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IRegionWork, SideBySide>();
        services.AddSingleton<StreamStates>();
        services.AddSingleton<IStates>(provider => provider.GetRequiredService<StreamStates>());
        services.AddSingleton(provider => new CommandPath(
            provider.GetRequiredService<IJournal>(),
            provider.GetRequiredService<StreamStates>(),
            Late(provider),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<CommandPath>>()));
        services.AddSingleton<ICommands>(provider => new RefusalAudit(provider.GetRequiredService<CommandPath>()));
        services.AddSingleton<Heartbeat>();
        services.AddSingleton<EngineLoop>();
        return services
            .AddAccess()
            .AddFleet()
            .AddCord()
            .AddReservations()
            .AddAlarms()
            .AddRollouts()
            .AddFleetUpdate()
            .AddPatients()
            .AddHostGate()
            .AddNotifications()
            .AddLive()
            .AddDurability()
            .AddCanaries()
            .AddNoodleRuns();
    }

    /// <summary>Observers reach drivers, and drivers report through the command path: the circle is cut here, by asking for them only once all is composed.</summary>
    private static IEnumerable<ICommitObserver> Late(IServiceProvider provider)
    {
        foreach (var observer in provider.GetServices<ICommitObserver>())
        {
            yield return observer;
        }
    }
}
