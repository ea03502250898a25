using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Canaries;
using OpsConsole.Engine.Canaries.Running;
using OpsConsole.Engine.Canaries.Silence;
using OpsConsole.Engine.Canaries.Targets;
using OpsConsole.Engine.Durability;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Fleet.Agent;
using OpsConsole.Domain.ProvingGround.Patients;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Noodles;
using OpsConsole.Engine.ProvingGround.Assurance;
using OpsConsole.Engine.ProvingGround.CanaryTargets;
using OpsConsole.Engine.ProvingGround.Gauges;
using OpsConsole.Engine.ProvingGround.Health;
using OpsConsole.Engine.ProvingGround.Noodles;
using OpsConsole.Engine.ProvingGround.Patients;
using OpsConsole.Engine.ProvingGround.Probing;
using OpsConsole.Engine.ProvingGround.Supervision;
using OpsConsole.Engine.Rollouts;

namespace OpsConsole.Engine.ProvingGround;

public static class ProvingGroundSetup
{
    /// <summary>What is decided of the ground's hosts. Always there: a console without a ground refuses in words, and reads a journal that has one.</summary>
    public static IServiceCollection AddPatients(this IServiceCollection services)
    {
        services.AddSingleton<StreamFamily>(new StreamFamily<PatientsState>(PatientsStreams.Family, regional: true, new PatientsDecider()));
        return services.AddSingleton<ITickPart, PatientsTick>();
    }

    /// <summary>A real object store to operate, on this machine's loopback.</summary>
    public static IServiceCollection AddProvingGround(this IServiceCollection services, GroundOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(new GroundFolder(options.Folder));
        services.AddSingleton<GroundClient>();
        services.AddSingleton<GroundSupervisor>();
        services.AddSingleton<GroundFeed>();
        services.AddSingleton<GroundObservations>();
        services.AddSingleton<GroundProbe>();
        services.AddSingleton<IHealthSource, GroundHealth>();
        services.AddSingleton(provider => new InProcessAgentDriver(HostDriver.ProvingGround, provider.GetRequiredService<IHostReports>(), provider.GetRequiredService<ILogger<InProcessAgentDriver>>()));
        services.AddSingleton<IHostDriver>(provider => provider.GetRequiredService<InProcessAgentDriver>());
        services.AddHostedService(provider => provider.GetRequiredService<GroundSupervisor>());
        services.AddHostedService<GroundRegistration>();
        services.AddHostedService(provider => provider.GetRequiredService<GroundObservations>());
        services.AddHostedService(provider => provider.GetRequiredService<GroundProbe>());
        services.AddHostedService<PatientWard>();
        services.AddHostedService<WeightKeeper>();
        services.AddSingleton<GroundCanaryTargets>();
        services.AddSingleton<ICanaryTargets>(provider => provider.GetRequiredService<GroundCanaryTargets>());
        services.AddSingleton<IStoreHosts, GroundStoreHosts>();
        services.AddSingleton<CanaryKeySets>();
        services.AddHostedService<CanaryKeyUpkeep>();
        services.AddSingleton<ICanaryWork, StoreScript>();
        services.AddSingleton<StoreInside>();
        services.AddSingleton<ICanaryWork, UpkeepScript>();
        services.AddSingleton<ICanaryWork>(provider => new ShardScript(provider.GetRequiredService<StoreInside>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IShippedCanaries, GroundCanaries>();
        services.AddSingleton<ICustomerTraffic, GroundTraffic>();
        services.AddSingleton<GroundGauges>();
        services.AddHostedService(provider => provider.GetRequiredService<GroundGauges>());
        services.AddSingleton<INoodleTargets, GroundTargets>();
        services.AddSingleton<GroundPlacement>();
        services.AddSingleton<IPlacementSource>(provider => provider.GetRequiredService<GroundPlacement>());
        services.AddHostedService(provider => provider.GetRequiredService<GroundPlacement>());
        return services;
    }
}
