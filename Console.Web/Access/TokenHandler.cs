using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OpsConsole.Engine.Access;

namespace OpsConsole.Web.Access;

/// <summary>Signs in by <c>Authorization: Bearer oc_…</c>. Browsers cannot set headers on web sockets, so <c>/hubs</c> takes <c>?access_token=</c> too.</summary>
internal sealed class TokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, TokenBook tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public new const string Scheme = "token";
    public const string IdClaim = "token-id";
    private const string Bearer = "Bearer ";

    public static string? TextOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return header[Bearer.Length..].Trim();
        }

        return request.Path.StartsWithSegments("/hubs") && request.Query["access_token"].ToString() is { Length: > 0 } query ? query : null;
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    private AuthenticateResult Authenticate()
    {
        if (TextOf(Request) is not { } text)
        {
            return AuthenticateResult.NoResult();
        }

        if (text.Length > 200 || tokens.Find(text) is not { } actor)
        {
            return AuthenticateResult.Fail("The token is wrong, expired or revoked.");
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, actor.Id), new Claim(IdClaim, TokenBook.IdOf(text)!)], Scheme);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }
}
