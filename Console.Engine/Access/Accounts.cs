using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Access;

/// <summary>Changes accounts: the journal first, then the store of secrets; what a crash left undone between the two is done at the next start.</summary>
public sealed class Accounts(IServiceScopeFactory scopes, ICommands commands, IStates states, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    private AccessState State => states.Get<AccessState>(AccessStreams.Accounts);

    /// <summary>Carries out an account command (make, roles, remove, link). Where it leads to a one-time link, its token comes with the result.</summary>
    public async Task<(CommandResult Result, string? LinkToken)> SendAsync(CommandRequest request, CancellationToken cancel)
    {
        var before = State;
        var result = await commands.SendAsync(request, cancel).ConfigureAwait(false);
        if (!result.Accepted)
        {
            return (result, null);
        }

        switch (request.Command)
        {
            // A repeated request (same idempotency key) makes no second link: the first one was handed out already.
            case MakeAccount make when !before.Accounts.ContainsKey(make.Name):
                await ReconcileAsync(cancel).ConfigureAwait(false);
                return (result, await NewLinkAsync(make.Name, cancel).ConfigureAwait(false));
            case IssueSignInLink issue:
                return (result, await NewLinkAsync(issue.Name, cancel).ConfigureAwait(false));
            case RemoveAccount:
                await ReconcileAsync(cancel).ConfigureAwait(false);
                return (result, null);
            default:
                return (result, null);
        }
    }

    /// <summary>Makes the account's one link anew; any earlier one is void.</summary>
    public async Task<string> NewLinkAsync(string name, CancellationToken cancel)
    {
        var token = Secrets.New();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccessDb>();
        var expires = (clock.GetUtcNow() + SignInLink.Lifetime).ToUnixTimeMilliseconds();
        if (await db.SignInLinks.FindAsync([name], cancel).ConfigureAwait(false) is { } link)
        {
            (link.Hash, link.ExpiresAt) = (Secrets.Hash(token), expires);
        }
        else
        {
            db.SignInLinks.Add(new SignInLink { Name = name, Hash = Secrets.Hash(token), ExpiresAt = expires });
        }

        await db.SaveChangesAsync(cancel).ConfigureAwait(false);
        return token;
    }

    /// <summary>Gives every account its login, and takes away logins and links of accounts that are gone.</summary>
    public async Task ReconcileAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            await ReconcileAloneAsync(cancel).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task ReconcileAloneAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccessDb>();
        var logins = scope.ServiceProvider.GetRequiredService<UserManager<Login>>();
        var known = await db.Users.ToDictionaryAsync(login => login.UserName!, cancel).ConfigureAwait(false);
        foreach (var missing in State.Accounts.Keys.Where(name => !known.ContainsKey(name)))
        {
            await logins.CreateAsync(new Login { UserName = missing }).ConfigureAwait(false);
        }

        foreach (var (name, login) in known.Where(pair => !State.Accounts.ContainsKey(pair.Key)))
        {
            await logins.DeleteAsync(login).ConfigureAwait(false);
            await db.SignInLinks.Where(link => link.Name == name).ExecuteDeleteAsync(cancel).ConfigureAwait(false);
        }
    }
}
