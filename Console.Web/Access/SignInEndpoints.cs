using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using OpsConsole.Domain.Access;
using OpsConsole.Engine.Access;

namespace OpsConsole.Web.Access;

/// <summary>The door's own pages: plain forms without scripts, so that they work before anything else does.</summary>
internal static class SignInEndpoints
{
    private const string Wrong = "Name and password do not go together, or the account is locked for some minutes after too many tries.";
    private const string Used = "This link was used already or is older than an hour. Start the console again for a new one, or ask an Admin for one.";
    private const int LongestPassword = 128;

    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet(Door.SignInPath, (string? to) => SignIn(null, to)).AllowAnonymous();
        app.MapPost(Door.SignInPath, SignInAsync).AllowAnonymous();
        app.MapGet(Door.SignInPath + "/once/{token}", SignInOnceAsync).AllowAnonymous();
        app.MapGet("/sign-out", () => new RazorComponentResult<SignOutDocument>());
        app.MapPost("/sign-out", SignOutAsync);
        app.MapGet(Door.SignInPath + "/password", PasswordAsync);
        app.MapPost(Door.SignInPath + "/password", SetPasswordAsync);
    }

    private static async Task<IResult> SignInAsync([FromForm] string name, [FromForm] string password, [FromForm] string? to, Doorkeeper door, SignInManager<Login> sessions)
    {
        if (name.Length > 64 || password.Length > LongestPassword || await door.ByPasswordAsync(name, password) is not { } login)
        {
            return SignIn(Wrong, to);
        }

        await sessions.SignInAsync(login, isPersistent: false);
        return Results.LocalRedirect(Local(to));
    }

    private static async Task<IResult> SignInOnceAsync(string token, Doorkeeper door, SignInManager<Login> sessions, FirstStart start, CancellationToken cancel)
    {
        if (token.Length > 100 || await door.ByLinkAsync(token, cancel) is not { } login)
        {
            return SignIn(Used, null);
        }

        if (login.UserName == FirstStart.Admin)
        {
            start.ForgetLink();
        }

        await sessions.SignInAsync(login, isPersistent: false);
        return Results.LocalRedirect("/");
    }

    private static async Task<IResult> SignOutAsync([FromForm] string? to, SignInManager<Login> sessions)
    {
        await sessions.SignOutAsync();
        return Results.LocalRedirect(Local(to ?? Door.SignInPath));
    }

    private static async Task<IResult> PasswordAsync(HttpContext http, Doorkeeper door) =>
        http.Actor() is { Kind: ActorKind.Person } person ? Password(person.Name, await door.HasPasswordAsync(person.Name, http.RequestAborted), null, false) : Results.LocalRedirect("/");

    private static async Task<IResult> SetPasswordAsync(
        HttpContext http, [FromForm] string? old, [FromForm] string wished, [FromForm] string again, Doorkeeper door, UserManager<Login> logins, SignInManager<Login> sessions)
    {
        if (http.Actor() is not { Kind: ActorKind.Person } person)
        {
            return Results.LocalRedirect("/");
        }

        var error = wished != again ? "The two new passwords differ. Type the same one twice."
            : wished.Length > LongestPassword || old?.Length > LongestPassword ? "A password has at most 128 characters."
            : (await door.SetPasswordAsync(person.Name, old, wished)) is { } refused ? $"{refused.What} {refused.Why}"
            : null;
        if (error is null && await logins.FindByNameAsync(person.Name) is { } login)
        {
            await sessions.SignInAsync(login, isPersistent: false);
        }

        return Password(person.Name, await door.HasPasswordAsync(person.Name, http.RequestAborted), error, error is null);
    }

    private static RazorComponentResult<SignInDocument> SignIn(string? error, string? to) =>
        new(new { Error = error, To = Local(to) }) { StatusCode = error is null ? StatusCodes.Status200OK : StatusCodes.Status403Forbidden };

    private static RazorComponentResult<PasswordDocument> Password(string name, bool has, string? error, bool done) =>
        new(new { Name = name, HasPassword = has, Error = error, Done = done }) { StatusCode = error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest };

    /// <summary>Only pages of this console: a link must not lead a person who just signed in to another site.</summary>
    private static string Local(string? to) => to is ['/', ..] and not ['/', '/' or '\\', ..] && to.Length <= 2_000 ? to : "/";
}
