using System.Security.Cryptography;

namespace OpsConsole.Web.Api;

/// <summary>Headers that tell browsers what pages of the console may do.</summary>
internal static class SecurityHeaders
{
    private const string NonceItem = "csp-nonce";

    /// <summary>For what a page must add inline: <c>&lt;script nonce="…"&gt;</c>, and the style sheet plotly.js writes its rules into.</summary>
    public static string CspNonce(this HttpContext http) =>
        http.Items[NonceItem] as string ?? (string)(http.Items[NonceItem] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)));

    public static void UseSecurityHeaders(this WebApplication app) =>
        app.Use((http, next) =>
        {
            http.Response.OnStarting(static state => Set((HttpContext)state), http);
            return next();
        });

    private static Task Set(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy(http.CspNonce());
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (http.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        if (http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/sign-in"))
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Script and style elements only from here or with the nonce. Attributes cannot be closed: Radzen's popups write handlers into them with ids of their own
    /// making, and Blazor's virtualised lists set the height of what is out of sight by <c>style</c>; nothing the console shows is inserted as markup.
    /// </summary>
    private static string Policy(string nonce) =>
        $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; script-src-elem 'self' 'nonce-{nonce}'; script-src-attr 'unsafe-inline'; style-src 'self' 'nonce-{nonce}'; style-src-elem 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; "
        + "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
}
