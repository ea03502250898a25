using Microsoft.EntityFrameworkCore;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Access;

/// <summary>Where the data folder is, for the files of the first start.</summary>
public sealed record AccessFolder(string Path)
{
    public string LinkFile => System.IO.Path.Combine(Path, "sign-in-link.txt");

    public string CliTokenFile => System.IO.Path.Combine(Path, "cli-token");

    public string Keys => System.IO.Path.Combine(Path, "keys");

    public string Database => System.IO.Path.Combine(Path, "access.db");
}

/// <summary>Opens the door at start: the schema, the account <c>admin</c> with a one-time link until somebody has a password, and the CLI's token.</summary>
public sealed class FirstStart(Accounts accounts, TokenBook tokens, IDbContextFactory<AccessDb> database, IServiceProvider services, ICommands commands, IStates states, AccessFolder folder)
{
    public const string Admin = "admin";
    private const string CliToken = "cli";
    private static readonly Grant Everything = new(Role.Admin, Scope.Global);

    /// <summary>After the journal is loaded, before the first request. Returns the token of the one-time link; null where none is needed.</summary>
    public async Task<string?> OpenAsync(CancellationToken cancel)
    {
        await AccessSchema.PrepareAsync(services, cancel).ConfigureAwait(false);
        var state = states.Get<AccessState>(AccessStreams.Accounts);
        var first = state.Accounts.IsEmpty && states.VersionOf(AccessStreams.Accounts) == 0;
        if (first)
        {
            await commands.SendAsync(new(new MakeAccount(Admin, [Everything]), Actor.Engine, "first start"), cancel).ConfigureAwait(false);
        }

        await accounts.ReconcileAsync(cancel).ConfigureAwait(false);
        await tokens.LoadAsync(cancel).ConfigureAwait(false);
        if (first)
        {
            await MakeCliTokenAsync(cancel).ConfigureAwait(false);
        }

        await using var db = await database.CreateDbContextAsync(cancel).ConfigureAwait(false);
        var needed = states.Get<AccessState>(AccessStreams.Accounts).Accounts.ContainsKey(Admin) && !await db.Users.AnyAsync(login => login.PasswordHash != null, cancel).ConfigureAwait(false);
        return needed ? await accounts.NewLinkAsync(Admin, cancel).ConfigureAwait(false) : null;
    }

    /// <summary>Keeps the link where its owner finds it again, until it is used.</summary>
    public void KeepLink(string url) => OwnerFile.Write(folder.LinkFile, url);

    public void ForgetLink() => File.Delete(folder.LinkFile);

    private async Task MakeCliTokenAsync(CancellationToken cancel)
    {
        var create = new CreateToken("", CliToken, [Everything], TimeSpan.FromDays(365));
        var (_, text) = await tokens.CreateAsync(create, new(create, Actor.Engine, "first start: the command line on this machine"), cancel).ConfigureAwait(false);
        if (text is not null)
        {
            OwnerFile.Write(folder.CliTokenFile, text);
        }
    }
}
