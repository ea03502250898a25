using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Access;

/// <summary>The rules of accounts and tokens: nobody gives more than they have, and somebody can always manage access.</summary>
public sealed class AccessDecider : IDecider<AccessState>
{
    public AccessState Initial(StreamId stream) => new();

    public Decision Decide(AccessState state, ICommand command, DecisionContext context) =>
        command switch
        {
            MakeAccount make => AccountRules.Make(state, make, context.Actor),
            SetGrants set => AccountRules.SetGrants(state, set, context.Actor),
            RemoveAccount remove => AccountRules.Remove(state, remove),
            IssueSignInLink issue => AccountRules.Find(state, issue.Name) is { } missing ? missing : Decision.Accept(new SignInLinkIssued(issue.Name)),
            CreateToken create => TokenRules.Create(state, create, context),
            RevokeToken revoke => TokenRules.Revoke(state, revoke, context.Actor),
            NoteAtDoor note => Decision.Accept(new HappenedAtDoor(note.Name, note.What)),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "not an access command"),
        };

    public AccessState Apply(AccessState state, IEvent happened, DateTimeOffset at) =>
        happened switch
        {
            AccountMade e => state with { Accounts = state.Accounts.SetItem(e.Name, new(e.Name, e.Grants, at)) },
            RoleGranted e => WithGrants(state, e.Name, grants => grants.Add(e.Grant)),
            RoleRevoked e => WithGrants(state, e.Name, grants => grants.RemoveAll(grant => grant.ToString() == e.Grant.ToString())),
            AccountRemoved e => state with
            {
                Accounts = state.Accounts.Remove(e.Name),
                Tokens = state.Tokens.RemoveRange(state.Tokens.Values.Where(token => token.Owner == e.Name).Select(token => token.Id)),
            },
            TokenCreated e => state with
            {
                Tokens = state.Tokens.RemoveRange(state.Tokens.Values.Where(token => token.ExpiresAt <= at).Select(token => token.Id))
                    .SetItem(e.Id, new(e.Id, e.Name, e.Owner, e.Host, e.Grants, at, e.ExpiresAt)),
            },
            TokenRevoked e => state with { Tokens = state.Tokens.Remove(e.Id) },
            _ => state,
        };

    /// <summary>Managing an account takes the permission wherever the account has, had or gets a role. Token rules judge by the maker's own grants instead.</summary>
    public ImmutableArray<Scope> Reach(AccessState state, ICommand command) =>
        command switch
        {
            MakeAccount make => Where(make.Grants),
            SetGrants set => Where([.. set.Grants, .. GrantsOf(state, set.Name)]),
            RemoveAccount remove => Where(GrantsOf(state, remove.Name)),
            IssueSignInLink issue => Where(GrantsOf(state, issue.Name)),
            CreateToken or RevokeToken => [],
            _ => [command.Scope],
        };

    private static ImmutableArray<Scope> Where(ImmutableArray<Grant> grants) => grants.IsDefaultOrEmpty ? [Scope.Global] : [.. grants.Select(grant => grant.Scope)];

    private static ImmutableArray<Grant> GrantsOf(AccessState state, string name) => state.Accounts.TryGetValue(name, out var account) ? account.Grants : [];

    private static AccessState WithGrants(AccessState state, string name, Func<ImmutableArray<Grant>, ImmutableArray<Grant>> change) =>
        state.Accounts.TryGetValue(name, out var account) ? state with { Accounts = state.Accounts.SetItem(name, account with { Grants = change(account.Grants) }) } : state;
}
