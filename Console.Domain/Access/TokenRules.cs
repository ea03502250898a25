using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Access;

/// <summary>Making and revoking API tokens.</summary>
internal static class TokenRules
{
    public static readonly TimeSpan Shortest = TimeSpan.FromHours(1);
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public static Decision Create(AccessState state, CreateToken command, DecisionContext context)
    {
        var live = state.Tokens.Values.Where(token => token.ExpiresAt > context.Now).ToArray();
        if (AccessNames.Check("token", command.Name) is { } odd)
        {
            return odd;
        }

        if (live.Any(token => token.Name == command.Name || token.Id == command.Id))
        {
            return Refused(RejectionKind.Conflict, "access.token-exists", command.Name, "There already is a live token with this name.", "Choose another name, or revoke that one first.");
        }

        if (live.Length >= AccessState.MostTokens)
        {
            return Refused(RejectionKind.Conflict, "access.too-many-tokens", command.Name, $"There are {AccessState.MostTokens} live tokens, the most there may be.", "Revoke tokens that are no longer used.");
        }

        if (command.Lifetime < Shortest || command.Lifetime > Longest)
        {
            return Refused(RejectionKind.Invalid, "access.token-lifetime", command.Name, $"It would live {command.Lifetime.TotalDays:0.##} days.", "Give it 1 hour to 366 days.");
        }

        if (command.Host is not null ? !command.Grants.IsDefaultOrEmpty : command.Grants.IsDefaultOrEmpty || command.Grants.Length > AccessState.MostGrants)
        {
            return Refused(RejectionKind.Invalid, "access.token-grants", command.Name, "A token has 1 to 50 roles, or is an agent's and has none.", "Say which roles it has and where, or which host's agent it is for.");
        }

        // Whoever can hand out an agent's token can speak for that host: that takes the right to change the fleet.
        var refused = command.Host is null ? Permissions.MoreThanOwn(context.Actor, command.Grants) : Permissions.Check(context.Actor, Permission.EditFleet, Scope.Global);
        return refused is not null ? refused
            : Decision.Accept(new TokenCreated(command.Id, command.Name, OwnerOf(state, context.Actor), command.Host, command.Grants.IsDefault ? [] : command.Grants, context.Now + command.Lifetime));
    }

    public static Decision Revoke(AccessState state, RevokeToken command, Actor actor)
    {
        var token = state.Tokens.Values.FirstOrDefault(token => token.Id == command.Id || token.Name == command.Id);
        var mine = token?.Owner is { } owner && OwnerOf(state, actor) == owner;
        if (!mine && Permissions.Check(actor, Permission.ManageAccess, Scope.Global) is { } forbidden)
        {
            return forbidden;
        }

        return token is null
            ? new Rejection(RejectionKind.NotFound, "access.no-such-token", $"The token {command.Id} was not revoked.", "There is no such token: revoked before, expired, or never made.", "Look at the list of tokens.")
            : Decision.Accept(new TokenRevoked(token.Id, token.Name));
    }

    private static Rejection Refused(RejectionKind kind, string code, string name, string why, string @do) => new(kind, code, $"The token {name} was not made.", why, @do);

    /// <summary>A token made with a token belongs to the same person.</summary>
    private static string? OwnerOf(AccessState state, Actor actor) =>
        actor.Kind switch
        {
            ActorKind.Person => actor.Name,
            ActorKind.Token => state.Tokens.Values.FirstOrDefault(token => token.Name == actor.Name)?.Owner,
            _ => null,
        };
}
