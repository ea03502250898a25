using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using OpsConsole.Domain.Access;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Access;

/// <summary>Who looks at this circuit's pages. Asked anew for every command, so that a role taken away is gone in open pages too.</summary>
internal sealed class Viewer(IActorSource actors, IServiceProvider services) : IViewer
{
    public async ValueTask<Actor> ActorAsync(ClaimsPrincipal? user = null)
    {
        var who = user ?? (await services.GetRequiredService<AuthenticationStateProvider>().GetAuthenticationStateAsync()).User;
        return actors.Of(who) ?? new Actor(ActorKind.Person, who.Identity?.Name ?? "nobody", []);
    }
}
