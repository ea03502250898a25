using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Live;

namespace OpsConsole.Engine.Cord;

public static class CordSetup
{
    public static IServiceCollection AddCord(this IServiceCollection services)
    {
        services.AddSingleton<StreamFamily>(provider => new StreamFamily<CordState>(CordStreams.Family, regional: false, new CordDecider([.. provider.GetServices<ICordRule>()])));
        services.AddSingleton<IVisitRule, CordVisits>();
        services.AddSingleton<ITopicSource, CordTopic>();
        return services.AddSingleton<ITickPart, CordReadOnly>();
    }

    /// <summary>The gate. Its tick part comes last: what the other parts decided in this tick leaves in this tick.</summary>
    public static IServiceCollection AddHostGate(this IServiceCollection services)
    {
        services.AddSingleton<HostGate>();
        services.AddSingleton<ICommitObserver>(provider => provider.GetRequiredService<HostGate>());
        return services.AddSingleton<ITickPart>(provider => provider.GetRequiredService<HostGate>());
    }
}
