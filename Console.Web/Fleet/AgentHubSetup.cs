using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Fleet.Agent;

namespace OpsConsole.Web.Fleet;

public static class AgentHubSetup
{
    public const string Path = "/hubs/agent";
    internal const string HostItem = "agent-host";

    /// <summary>Hosts with agents of their own: sessions, driver, tokens and the hub.</summary>
    /// <param name="data">The data folder, where the tokens' hashes are.</param>
    public static IServiceCollection AddAgents(this IServiceCollection services, string data)
    {
        services.AddSignalR();
        services.AddSingleton<IAgentTokens>(new FileAgentTokens(data));
        services.AddSingleton<AgentSessions>();
        return services.AddSingleton<IHostDriver, AgentDriver>();
    }

    /// <summary>A stranger gets 401 and no connection; the hub needs no sign-in besides the agent's token.</summary>
    public static void MapAgents(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Path, StringComparison.Ordinal), branch => branch.Use(async (context, next) =>
        {
            var header = context.Request.Headers.Authorization.ToString();
            var token = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..] : "";
            if (context.RequestServices.GetRequiredService<IAgentTokens>().HostOf(token) is not { } host)
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            context.Items[HostItem] = host;
            await next(context);
        }));
        app.MapHub<AgentHub>(Path).AllowAnonymous();
    }
}
