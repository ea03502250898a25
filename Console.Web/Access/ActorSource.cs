using System.Security.Claims;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Web.Access;

internal sealed class ActorSource(IStates states, TimeProvider clock) : IActorSource
{
    public Actor? Of(ClaimsPrincipal user)
    {
        if (user.Identity is not ClaimsIdentity { IsAuthenticated: true } identity)
        {
            return null;
        }

        var state = states.Get<AccessState>(AccessStreams.Accounts);
        return identity.AuthenticationType == TokenHandler.Scheme
            ? state.TokenWith(identity.FindFirst(TokenHandler.IdClaim)?.Value ?? "", clock.GetUtcNow())
            : state.PersonNamed(identity.Name ?? "");
    }
}
