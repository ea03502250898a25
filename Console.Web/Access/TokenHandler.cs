using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OpsConsole.Engine.Access;

namespace OpsConsole.Web.Access;

/// <summary>Signs in by <c>Authorization: Bearer oc_…</c>. Browsers cannot set headers on web sockets, so <c>/hubs</c> takes <c>?access_token=</c> too, and <c>/v1</c> takes it as a password.</summary>
internal sealed class TokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, TokenBook tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public new const string Scheme = "token";
    public const string IdClaim = "token-id";
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    public static string? TextOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return header[Bearer.Length..].Trim();
        }

        if (request.Path.StartsWithSegments("/v1") && header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
        {
            return PasswordOf(header[Basic.Length..].Trim());
        }

        return request.Path.StartsWithSegments("/hubs") && request.Query["access_token"].ToString() is { Length: > 0 } query ? query : null;
    }

    /// <summary>FleetLock clients know no tokens, but send what stands before the @ of their address: the token as the password, the user's name does not matter.</summary>
    private static string? PasswordOf(string credentials)
    {
        var bytes = new byte[credentials.Length];
        return Convert.TryFromBase64String(credentials, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length) is var text && text.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? text[(colon + 1)..] : null;
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
