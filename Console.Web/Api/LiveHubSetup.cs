using System.Text.Json.Serialization;
using Microsoft.AspNetCore.SignalR;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Api;

internal static class LiveHubSetup
{
    public const string Path = "/hubs/live";

    /// <summary>Bytes a client may send in one message: subscriptions and cord commands are far smaller.</summary>
    private const int LargestMessage = 16 * 1024;

    /// <summary>Bytes that may wait in the transport of one connection before its sender is held.</summary>
    private const int LargestBuffer = 64 * 1024;

    public static IServiceCollection AddLiveHub(this IServiceCollection services)
    {
        services.AddSignalR()
            .AddHubOptions<LiveHub>(options => options.MaximumReceiveMessageSize = LargestMessage)
            .AddJsonProtocol(options =>
            {
                options.PayloadSerializerOptions.Converters.Add(new JsonStringEnumConverter());
                options.PayloadSerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            });
        return services.AddSingleton<HubLifetimeManager<LiveHub>, LiveLifetime<LiveHub>>();
    }

    public static HubEndpointConventionBuilder MapLiveHub(this IEndpointRouteBuilder app) =>
        app.MapHub<LiveHub>(Path, options => (options.TransportMaxBufferSize, options.ApplicationMaxBufferSize) = (LargestBuffer, LargestBuffer));
}
