using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Durability.Threats;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Live;

namespace OpsConsole.Engine.Durability;

public static class DurabilitySetup
{
    /// <summary>Always there; what it shows comes from the worlds' sources.</summary>
    public static IServiceCollection AddDurability(this IServiceCollection services)
    {
        services.AddSingleton<StreamFamily>(new StreamFamily<DrillBook>(ThreatStreams.Family, regional: false, new DrillDecider()));
        services.AddSingleton<DurabilityBook>();
        services.AddSingleton<ITopicSource, DurabilityTopic>();
        return services.AddHostedService<DurabilityWatch>();
    }
}
