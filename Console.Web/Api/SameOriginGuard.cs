using Microsoft.AspNetCore.Identity;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Web.Api;

/// <summary>A session's cookie goes along with whatever page makes the browser send a request; this refuses unsafe API requests and sockets that another site's page made.</summary>
internal static class SameOriginGuard
{
    private static readonly Rejection OtherSite = new(
        RejectionKind.Forbidden, "access.other-site", "The request was refused.", "A page of another site made the browser send it with your session.", "Programs use a token; people use the console's own pages.");

    public static void UseSameOriginGuard(this WebApplication app) =>
        app.Use((http, next) => Refused(http.Request) ? Problems.From(OtherSite).ExecuteAsync(http) : next());

    private static bool Refused(HttpRequest request)
    {
        var sockets = request.Path.StartsWithSegments("/hubs") || request.Path.StartsWithSegments("/_blazor");
        var unsafeApi = request.Path.StartsWithSegments("/api") && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        return (sockets || unsafeApi) && request.HttpContext.User.Identity?.AuthenticationType == IdentityConstants.ApplicationScheme && FromOtherSite(request);
    }

    private static bool FromOtherSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site"
        || (request.Headers.Origin.ToString() is { Length: > 0 } origin && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value));
}
