using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Access;

/// <summary>Making, changing and removing accounts.</summary>
internal static class AccountRules
{
    public static Decision Make(AccessState state, MakeAccount command, Actor actor)
    {
        if (AccessNames.Check("account", command.Name) is { } odd)
        {
            return odd;
        }

        if (state.Accounts.ContainsKey(command.Name))
        {
            return new Rejection(RejectionKind.Conflict, "access.account-exists", $"The account {command.Name} was not made.", "There already is one with this name.", "Choose another name, or change that account's roles.");
        }

        if (state.Accounts.Count >= AccessState.MostAccounts)
        {
            return new Rejection(RejectionKind.Conflict, "access.too-many-accounts", $"The account {command.Name} was not made.", $"There are {AccessState.MostAccounts} accounts, the most there may be.", "Remove accounts that are no longer used.");
        }

        var grants = Distinct(command.Grants);
        return CheckGrants(command.Name, grants, actor) is { } refused ? refused : Decision.Accept(new AccountMade(command.Name, grants));
    }

    public static Decision SetGrants(AccessState state, SetGrants command, Actor actor)
    {
        if (Find(state, command.Name) is { } missing)
        {
            return missing;
        }

        var had = state.Accounts[command.Name].Grants;
        var wished = Distinct(command.Grants);
        var gained = wished.Where(grant => had.All(old => old.ToString() != grant.ToString())).ToImmutableArray();
        var lost = had.Where(old => wished.All(grant => old.ToString() != grant.ToString())).ToImmutableArray();
        if (CheckGrants(command.Name, wished, actor) is { } refused)
        {
            return refused;
        }

        var nobodyLeft = lost.Any(RunsAccess) && !wished.Any(RunsAccess) && LastAdmin(state, command.Name);
        return nobodyLeft
            ? NobodyLeft(command.Name)
            : Decision.Accept([.. gained.Select(grant => new RoleGranted(command.Name, grant)), .. lost.Select(grant => new RoleRevoked(command.Name, grant))]);
    }

    public static Decision Remove(AccessState state, RemoveAccount command) =>
        Find(state, command.Name) is { } missing ? missing
        : LastAdmin(state, command.Name) ? NobodyLeft(command.Name)
        : Decision.Accept(new AccountRemoved(command.Name));

    /// <summary>The refusal where there is no such account; null where there is.</summary>
    public static Rejection? Find(AccessState state, string name) =>
        state.Accounts.ContainsKey(name)
            ? null
            : new(RejectionKind.NotFound, "access.no-such-account", $"Nothing was done to the account {name}.", "There is no such account.", "Look at the list of accounts.");

    private static bool RunsAccess(Grant grant) => grant is { Role: Role.Admin, Scope.Kind: ScopeKind.Global };

    private static bool LastAdmin(AccessState state, string name) =>
        state.Accounts[name].Grants.Any(RunsAccess) && !state.Accounts.Values.Any(account => account.Name != name && account.Grants.Any(RunsAccess));

    private static Rejection NobodyLeft(string name) =>
        new(RejectionKind.Blocked, "access.last-admin", $"{name} keeps the role Admin in global.", "No other account has it, and nobody could manage access any more.", "Make another account Admin in global first.");

    private static Rejection? CheckGrants(string name, ImmutableArray<Grant> grants, Actor actor) =>
        grants.Length > AccessState.MostGrants
            ? new(RejectionKind.Invalid, "access.too-many-grants", $"The roles of {name} were not set.", $"{grants.Length} were given; {AccessState.MostGrants} is the most.", "Grant a role in a wider scope.")
            : Permissions.MoreThanOwn(actor, grants);

    private static ImmutableArray<Grant> Distinct(ImmutableArray<Grant> grants) => grants.IsDefault ? [] : [.. grants.DistinctBy(grant => grant.ToString())];
}
