using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Rollouts.Notifications;

/// <summary>Composes messages about rollouts. What sends them is registered with its channel as the key, where nothing else is already.</summary>
public static class NotificationsSetup
{
    /// <summary>Stands after the host gate: what leaves for hosts does not wait for it.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddSingleton<StreamFamily>(new StreamFamily<NotificationState>(NotificationStreams.Family, regional: false, new NotificationDecider()));
        services.AddSingleton(provider => new NoticeDecider([.. provider.GetServices<INoticeSource>()]));
        services.AddSingleton<StreamFamily>(provider => new StreamFamily<NoticeBook>(NoticeStreams.Family, regional: false, provider.GetRequiredService<NoticeDecider>()));
        services.TryAddSingleton(new NotificationOptions());
        services.TryAddSingleton<IConsoleAddress, NoAddress>();
        services.TryAddSingleton<IRetryChance>(new SeededRetryChance(Environment.ProcessId));
        services.AddSingleton<SubscriptionSecrets>();
        services.AddSingleton<SubscriptionBook>();
        services.AddSingleton<WebPost>();
        services.TryAddKeyedSingleton<IChannelSender, WebhookChannel>(Channel.Webhook);
        services.TryAddKeyedSingleton<IChannelSender, SlackChannel>(Channel.Slack);
        services.TryAddKeyedSingleton<IChannelSender, MailChannel>(Channel.Smtp);
        services.AddSingleton<NoticePost>();
        services.AddSingleton<Func<Channel, IChannelSender>>(provider => channel => provider.GetRequiredKeyedService<IChannelSender>(channel));
        return services.AddSingleton<ITickPart, NoticeTick>();
    }
}
