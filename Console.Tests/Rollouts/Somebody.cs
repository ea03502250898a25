using System.Security.Claims;
using OpsConsole.Domain.Access;
using OpsConsole.Web.Live;

namespace OpsConsole.Tests.Rollouts;

/// <summary>The person at a page, with a role everywhere.</summary>
internal sealed class Somebody(Role role) : IViewer
{
    public ValueTask<Actor> ActorAsync(ClaimsPrincipal? user = null) => ValueTask.FromResult(Actor.Person("eve", role));
}
