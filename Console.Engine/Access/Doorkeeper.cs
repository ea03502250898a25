using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Access;

/// <summary>Knows who somebody at the door is: by password, or by a one-time link. Says only yes or no, never why not.</summary>
public sealed class Doorkeeper(IServiceScopeFactory scopes, ICommands commands, IStates states, TimeProvider clock)
{
    // Hashing something for unknown names too keeps the answer's time from telling which names exist.
    private static readonly Login Nobody = new() { UserName = "nobody" };
    private static readonly string NobodysHash = new PasswordHasher<Login>().HashPassword(Nobody, Secrets.New());

    /// <summary>The login, where the password is right and the account is there and not locked out; else null. Five wrong ones lock it for 15 minutes.</summary>
    public async Task<Login?> ByPasswordAsync(string name, string password)
    {
        await using var scope = scopes.CreateAsyncScope();
        var logins = scope.ServiceProvider.GetRequiredService<UserManager<Login>>();
        var login = await logins.FindByNameAsync(name).ConfigureAwait(false);
        if (login?.PasswordHash is null || !Exists(login.UserName!) || await logins.IsLockedOutAsync(login).ConfigureAwait(false))
        {
            new PasswordHasher<Login>().VerifyHashedPassword(Nobody, NobodysHash, password);
            return null;
        }

        if (await logins.CheckPasswordAsync(login, password).ConfigureAwait(false))
        {
            await logins.ResetAccessFailedCountAsync(login).ConfigureAwait(false);
            return login;
        }

        await logins.AccessFailedAsync(login).ConfigureAwait(false);
        if (await logins.IsLockedOutAsync(login).ConfigureAwait(false))
        {
            await NoteAsync(login.UserName!, DoorEvent.LockedOut).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>The login the link is for, once; null where it is wrong, used or expired.</summary>
    public async Task<Login?> ByLinkAsync(string token, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccessDb>();
        var hash = Secrets.Hash(token);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var link = await db.SignInLinks.AsNoTracking().FirstOrDefaultAsync(link => link.Hash == hash && link.ExpiresAt > now, cancel).ConfigureAwait(false);

        // Of two that come at once, one deletes the row and only that one is let in.
        if (link is null || !Exists(link.Name) || await db.SignInLinks.Where(one => one.Hash == hash).ExecuteDeleteAsync(cancel).ConfigureAwait(false) == 0)
        {
            return null;
        }

        await NoteAsync(link.Name, DoorEvent.SignedInByLink).ConfigureAwait(false);
        return await scope.ServiceProvider.GetRequiredService<UserManager<Login>>().FindByNameAsync(link.Name).ConfigureAwait(false);
    }

    /// <summary>Sets a password and ends the account's other sessions. A person who has one must give it.</summary>
    public async Task<Rejection?> SetPasswordAsync(string name, string? old, string wished)
    {
        await using var scope = scopes.CreateAsyncScope();
        var logins = scope.ServiceProvider.GetRequiredService<UserManager<Login>>();
        if (await logins.FindByNameAsync(name).ConfigureAwait(false) is not { } login)
        {
            return Refused("There is no such account.", "Sign in again.");
        }

        var had = login.PasswordHash is not null;
        if (had && await logins.IsLockedOutAsync(login).ConfigureAwait(false))
        {
            return Refused("The account is locked after too many wrong passwords.", "Wait 15 minutes.");
        }

        var changed = had ? await logins.ChangePasswordAsync(login, old ?? "", wished).ConfigureAwait(false) : await logins.AddPasswordAsync(login, wished).ConfigureAwait(false);
        if (!changed.Succeeded)
        {
            if (changed.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.PasswordMismatch)))
            {
                await logins.AccessFailedAsync(login).ConfigureAwait(false);
            }

            return Refused(string.Join(" ", changed.Errors.Select(error => error.Description)), "Give the password you have now, and a new one of 12 to 128 characters.");
        }

        await NoteAsync(name, DoorEvent.PasswordSet).ConfigureAwait(false);
        return null;
    }

    public async Task<bool> HasPasswordAsync(string name, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AccessDb>().Users.AnyAsync(login => login.UserName == name && login.PasswordHash != null, cancel).ConfigureAwait(false);
    }

    private static Rejection Refused(string why, string @do) => new(RejectionKind.Invalid, "access.password", "The password was not set.", why, @do);

    private bool Exists(string name) => states.Get<AccessState>(AccessStreams.Accounts).Accounts.ContainsKey(name);

    private Task<CommandResult> NoteAsync(string name, DoorEvent what) => commands.SendAsync(new(new NoteAtDoor(name, what), Actor.Engine, Cause: "door"));
}
