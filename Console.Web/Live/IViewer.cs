using System.Security.Claims;
using OpsConsole.Domain.Access;

namespace OpsConsole.Web.Live;

/// <summary>Who looks at a page or calls the hub, as the actor their commands carry.</summary>
public interface IViewer
{
    /// <param name="user">The connection's user; null on a page, where the circuit's own is meant.</param>
    ValueTask<Actor> ActorAsync(ClaimsPrincipal? user = null);
}
