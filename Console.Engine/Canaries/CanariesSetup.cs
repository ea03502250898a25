using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Canaries;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Engine.Canaries.OwnAlarms;
using OpsConsole.Engine.Canaries.Results;
using OpsConsole.Engine.Canaries.Running;
using OpsConsole.Engine.Canaries.Silence;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Live;
using OpsConsole.Engine.Noodles;

namespace OpsConsole.Engine.Canaries;

public static class CanariesSetup
{
    /// <summary>Always there; what is looked at comes from the worlds' targets.</summary>
    public static IServiceCollection AddCanaries(this IServiceCollection services)
    {
        services.AddSingleton<StreamFamily>(new StreamFamily<CanaryBook>(CanaryStreams.Family, regional: false, new CanaryDecider()));
        services.AddSingleton(provider => new CanaryResults(provider.GetService<IMetricSink>()));
        services.AddSingleton<ITopicSource, CanariesTopic>();
        services.AddSingleton<ICanaryWork, HttpSteps>();
        services.AddSingleton<ICanaryWork>(provider => new NoodlesWork(() => provider.GetService<INoodleRunner>(), provider.GetServices<INoodleTargets>()));
        services.AddSingleton<IFiringAlarms, FiringAlarms>();
        services.AddSingleton<ITickPart, CanaryAlarmsTick>();
        services.AddHostedService<ShippedCanariesStart>();
        services.AddSingleton(provider => new SilenceBook(provider.GetServices<ICustomerTraffic>(), provider.GetRequiredService<CanaryResults>(), provider.GetServices<IFiringAlarms>(), provider.GetService<IMetricSink>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<SilenceWatch>();
        services.AddSingleton<CanarySupervisor>();
        return services.AddHostedService(provider => provider.GetRequiredService<CanarySupervisor>());
    }
}
