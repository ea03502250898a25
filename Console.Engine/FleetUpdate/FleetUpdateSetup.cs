using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.FleetUpdate.Deadlines;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Live;

namespace OpsConsole.Engine.FleetUpdate;

public static class FleetUpdateSetup
{
    public static IServiceCollection AddFleetUpdate(this IServiceCollection services)
    {
        services.AddSingleton<FleetUpdateDecider>();
        services.AddSingleton<StreamFamily>(provider => new StreamFamily<FleetUpdateState>(FleetUpdateStreams.Family, regional: true, provider.GetRequiredService<FleetUpdateDecider>()));
        services.AddSingleton<INoticeSource, DeadlineNotices>();
        services.AddSingleton<IProvenReleases, ProvenReleases>();
        services.AddSingleton<HostRequests>();
        services.AddSingleton<StoreSights>();
        services.AddSingleton<ITickPart, AutoPullTick>();
        services.AddSingleton<ITickPart, RebuiltHosts>();
        services.AddSingleton<ITickPart, FleetUpdateTick>();
        services.AddSingleton<ITopicSource, FleetUpdateTopic>();
        services.AddSingleton<CampaignPreviews>();
        return services;
    }
}
