using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Rehearsal;
using OpsConsole.Engine.Canaries;
using OpsConsole.Engine.Canaries.Targets;
using OpsConsole.Engine.Durability;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Rollouts;

namespace OpsConsole.Engine.Rehearsal;

public static class RehearsalSetup
{
    /// <summary>The simulated world: its driver, its health and its fleet, seeded at start.</summary>
    /// <param name="hosts">See <see cref="RehearsalFleet"/>.</param>
    public static IServiceCollection AddRehearsal(this IServiceCollection services, int hosts = RehearsalFleet.DefaultHosts, SimulationOptions? options = null)
    {
        var simulation = options ?? new SimulationOptions();
        services.AddSingleton(new RehearsalFleet(hosts, simulation.Seed));
        services.AddSingleton<RehearsalWorld>();
        services.AddHostedService<RehearsalStart>();
        services.AddSimulatedHosts(simulation);
        services.AddSingleton<ITickPart, SimulatedFeed>();
        services.AddSingleton<IPlacementSource, SimulatedPlacement>();
        services.AddSingleton<ICanaryTargets, SimulatedCanaryTargets>();
        return services.AddSingleton<IShippedCanaries, SimulatedCanaries>();
    }

    /// <summary>Of the simulated world only what drives hosts and tells of their health, over whatever fleet there is.</summary>
    public static IServiceCollection AddSimulatedHosts(this IServiceCollection services, SimulationOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<SimulatedDriver>();
        services.AddSingleton<IHostDriver>(provider => provider.GetRequiredService<SimulatedDriver>());
        services.AddSingleton<ITickPart>(provider => provider.GetRequiredService<SimulatedDriver>());
        return services.AddSingleton<IHealthSource, SimulatedHealth>();
    }
}
