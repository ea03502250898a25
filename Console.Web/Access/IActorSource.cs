using System.Security.Claims;
using OpsConsole.Domain.Access;

namespace OpsConsole.Web.Access;

/// <summary>The one place that turns who is signed in, in a page's circuit, a request or a hub call, into who sends a command.</summary>
public interface IActorSource
{
    /// <summary>The actor with what they may do at this moment, so that a role taken away is gone at once; null for strangers and for accounts and tokens that are no more.</summary>
    Actor? Of(ClaimsPrincipal user);
}

public static class ActorSourceExtensions
{
    /// <summary>For endpoints behind the fallback policy, where there always is one.</summary>
    public static Actor Actor(this HttpContext http) =>
        http.RequestServices.GetRequiredService<IActorSource>().Of(http.User) ?? throw new InvalidOperationException("A stranger passed the fallback policy.");
}
