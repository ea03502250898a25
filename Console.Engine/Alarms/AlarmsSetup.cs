using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpsConsole.Domain.Alarms.Maintenance;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Engine.Alarms.Audit;
using OpsConsole.Engine.Alarms.Export;
using OpsConsole.Engine.Alarms.Gates;
using OpsConsole.Engine.Alarms.Ingest;
using OpsConsole.Engine.Alarms.Prometheus;
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
        services.AddHostedService<OwnMetrics>();
        services.AddHostedService<OtlpExport>();
        services.AddSingleton<AlarmBook>();
        services.AddSingleton<ICommitObserver>(provider => provider.GetRequiredService<AlarmBook>());
        services.AddSingleton<IGateReader, AlarmReader>();
        services.AddSingleton<AlarmAuditor>();
        services.AddSingleton<MetricIngest>();
        services.AddSingleton<ITopicSource, AlarmsTopic>();
        return services.AddSingleton<ITickPart, AlarmTick>();
    }

    /// <summary>Sources outside the console, as a file of the data folder names them.</summary>
    public static IServiceCollection AddOutsideSources(this IServiceCollection services, string dataFolder)
    {
        services.AddSingleton(new SourceFile(Path.Combine(dataFolder, SourceFile.Name)));
        services.AddSingleton<PrometheusClient>();
        services.AddSingleton<PrometheusReader>();
        services.AddHostedService(provider => provider.GetRequiredService<PrometheusReader>());
        return services.AddSingleton<IGateReader>(provider => provider.GetRequiredService<PrometheusReader>());
    }
}
