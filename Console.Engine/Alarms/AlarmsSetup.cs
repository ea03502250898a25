using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpsConsole.Domain.Alarms.Maintenance;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Engine.Alarms.Watch;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Live;

namespace OpsConsole.Engine.Alarms;

/// <summary>Composes the slice. Who measures hands in through <see cref="IMetricSink"/>.</summary>
public static class AlarmsSetup
{
    /// <summary>Must stand before the rollouts: they obey the states of this tick.</summary>
    public static IServiceCollection AddAlarms(this IServiceCollection services)
    {
        services.AddSingleton<StreamFamily>(new StreamFamily<AlarmGroup>(AlarmStreams.Family, regional: false, new AlarmDecider()));
        services.AddSingleton<StreamFamily>(new StreamFamily<MaintenanceBook>(MaintenanceStreams.Family, regional: false, new MaintenanceDecider()));
        services.TryAddSingleton<MetricStoreOptions>();
        services.AddSingleton(provider => new MetricStore(provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<MetricStoreOptions>()));
        services.AddSingleton<IMetricSink>(provider => provider.GetRequiredService<MetricStore>());
        services.AddSingleton<AlarmBook>();
        services.AddSingleton<ICommitObserver>(provider => provider.GetRequiredService<AlarmBook>());
        services.AddSingleton<ITopicSource, AlarmsTopic>();
        return services.AddSingleton<ITickPart, AlarmTick>();
    }
}
