using Microsoft.AspNetCore.Authorization;
using OpsConsole.Domain.Access;

namespace OpsConsole.Web.Access;

/// <summary>Signed in, and the account or token still exists. Agents' tokens open the agents' hub and nothing else.</summary>
internal sealed record KnownActor(bool Agents) : IAuthorizationRequirement
{
    /// <summary>What everything that does not say otherwise asks for.</summary>
    public static AuthorizationPolicy Policy { get; } = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new KnownActor(Agents: false)).Build();

    /// <summary>For the hub that agents dial: only they.</summary>
    public static AuthorizationPolicy AgentPolicy { get; } = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new KnownActor(Agents: true)).Build();
}

internal sealed class KnownActorHandler(IActorSource actors) : AuthorizationHandler<KnownActor>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, KnownActor requirement)
    {
        if (actors.Of(context.User) is { } actor && (actor.Kind == ActorKind.Agent) == requirement.Agents)
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
