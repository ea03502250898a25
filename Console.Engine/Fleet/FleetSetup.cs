using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Live;

namespace OpsConsole.Engine.Fleet;

public static class FleetSetup
{
    /// <summary>Tick parts in their order: what hosts said counts before what they failed to say.</summary>
    public static IServiceCollection AddFleet(this IServiceCollection services)
    {
        services.AddSingleton<StreamFamily>(provider => new StreamFamily<RegionFleet>(FleetStreams.Family, regional: true, new FleetDecider([.. provider.GetServices<IVisitRule>()])));
        services.AddSingleton<HostReports>();
        services.AddSingleton<IHostReports>(provider => provider.GetRequiredService<HostReports>());
        services.AddSingleton<ITickPart, ReportHandIn>();
        services.AddSingleton<VisitDeadlines>();
        services.AddSingleton<ICommitObserver>(provider => provider.GetRequiredService<VisitDeadlines>());
        services.AddSingleton<ITickPart, VisitExpiry>();
        services.AddSingleton<ITopicSource, HostsTopic>();
        services.AddSingleton<VisitHistory>();
        return services.AddSingleton<FleetSummaries>();
    }
}
