using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Calendar;
using OpsConsole.Engine.Alarms.Audit;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Live;

namespace OpsConsole.Engine.Rollouts;

/// <summary>Composes the slice. The health sources are registered by who owns the hosts.</summary>
public static class RolloutsSetup
{
    /// <summary>Must stand before the host gate: a stopped rollout gives up its visits before the gate looks for commands to send.</summary>
    public static IServiceCollection AddRollouts(this IServiceCollection services)
    {
        services.AddSingleton<StreamFamily>(new StreamFamily<ReleaseCatalog>(ReleaseStreams.Family, regional: false, new ReleaseDecider()));
        services.AddSingleton<StreamFamily>(new StreamFamily<PipelineFile>(PipelineStreams.Family, regional: false, new PipelineDecider()));
        services.AddSingleton<StreamFamily>(provider => new StreamFamily<Rollout>(RolloutStreams.Family, regional: false, new RolloutDecider(provider.GetService<ISafetyAuthorities>())));
        services.AddSingleton<StreamFamily>(new StreamFamily<RegionRun>(RunStreams.Family, regional: true, new RunDecider()));
        services.AddSingleton<StreamFamily>(new StreamFamily<CalendarState>(CalendarStreams.Family, regional: false, new CalendarDecider()));
        services.AddSingleton<IVisitRule, CalendarVisits>();
        services.AddSingleton<HealthReader>();
        services.AddSingleton<GateLines>();
        services.AddSingleton<RolloutJournal>();
        services.AddSingleton<IAuditedStages, AuditedStages>();
        services.AddHostedService<PipelinesStart>();
        services.AddSingleton<ITopicSource, RolloutsTopic>();
        services.AddSingleton<ITickPart, RolloutTick>();
        return services;
    }
}
