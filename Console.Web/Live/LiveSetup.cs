namespace OpsConsole.Web.Live;

internal static class LiveSetup
{
    public static IServiceCollection AddLiveWeb(this IServiceCollection services)
    {
        services.AddSingleton<LiveConnections>();
        services.AddSingleton<LiveMeter>();
        services.AddScoped<TabVisibility>();
        services.AddScoped<LiveSources>();
        return services;
    }
}
