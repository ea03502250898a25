using System.Collections.Immutable;

namespace OpsConsole.Domain.Access;

/// <summary>State of the stream <c>access/accounts</c>: who there is and what they may do. Secrets are not here but in the account store.</summary>
public sealed record AccessState
{
    public const int MostAccounts = 1_000;
    public const int MostTokens = 2_000;
    public const int MostGrants = 50;

    /// <summary>By name, in lower case.</summary>
    public ImmutableSortedDictionary<string, Account> Accounts { get; init; } = ImmutableSortedDictionary<string, Account>.Empty;

    /// <summary>By id. Revoked tokens leave at once, expired ones when the next token is made.</summary>
    public ImmutableSortedDictionary<string, ApiToken> Tokens { get; init; } = ImmutableSortedDictionary<string, ApiToken>.Empty;

    /// <summary>The person as an actor with what they may do now; null where there is no such account.</summary>
    public Actor? PersonNamed(string name) =>
        Accounts.TryGetValue(name, out var account) ? new Actor(ActorKind.Person, account.Name, account.Grants) : null;

    /// <summary>The token as an actor; null where it is unknown, revoked or expired. A token never may more than its maker still may.</summary>
    public Actor? TokenWith(string id, DateTimeOffset now)
    {
        if (!Tokens.TryGetValue(id, out var token) || token.ExpiresAt <= now)
        {
            return null;
        }

        if (token.Host is { } host)
        {
            return Actor.Agent(host);
        }

        if (token.Owner is null)
        {
            return new Actor(ActorKind.Token, token.Name, token.Grants);
        }

        return Accounts.TryGetValue(token.Owner, out var owner)
            ? new Actor(ActorKind.Token, token.Name, [.. token.Grants.Where(grant => Permissions.Holds(owner.Grants, grant))])
            : null;
    }
}

/// <summary>A person's account.</summary>
/// <param name="Name">Lower case letters, digits, <c>-</c>, <c>_</c>, <c>.</c>, <c>@</c>; 1 to 64 characters.</param>
public sealed record Account(string Name, ImmutableArray<Grant> Grants, DateTimeOffset MadeAt);

/// <summary>An API token without its secret.</summary>
/// <param name="Id">The public part of the token's text: <c>oc_ID_secret</c>.</param>
/// <param name="Name">Unique among live tokens.</param>
/// <param name="Owner">The account that made it; null for the console's own.</param>
/// <param name="Host">Where set, the token is that host's agent's: it reports on that host and may nothing else.</param>
public sealed record ApiToken(string Id, string Name, string? Owner, string? Host, ImmutableArray<Grant> Grants, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt);
