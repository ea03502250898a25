using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Live;

public static class LiveSetup
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<ICommitObserver>(provider => provider.GetRequiredService<LiveFeed>());
        services.AddSingleton<TopicBook>();
        services.AddSingleton<ICommitObserver>(provider => provider.GetRequiredService<TopicBook>());
        services.AddSingleton<EnginePulse>();
        services.AddSingleton<ITopicSource>(provider => new EngineTopic(provider.GetRequiredService<EnginePulse>));
        services.AddHostedService<TopicPump>();
        return services;
    }
}
