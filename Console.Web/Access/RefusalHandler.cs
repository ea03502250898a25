using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using OpsConsole.Domain.Journal;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Access;

/// <summary>Answers who may not pass: people on pages are sent to sign in, programs get 401 or 403 as problem details.</summary>
internal sealed class RefusalHandler(IActorSource actors) : IAuthorizationMiddlewareResultHandler
{
    private static readonly Rejection Stranger = new(
        RejectionKind.Forbidden, "access.no-credentials", "The request was refused.", "It carries no valid token and no signed-in session.", "Send 'Authorization: Bearer <token>' with a live token, or sign in.");

    private static readonly Rejection WrongKind = new(
        RejectionKind.Forbidden, "access.wrong-kind", "The request was refused.", "An agent's token opens the agents' hub, and nothing else; a person's or a program's opens all but that.", "Use a token made for this.");

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
        }
        else if (actors.Of(context.User) is not null)
        {
            await Problems.From(WrongKind).ExecuteAsync(context);
        }
        else if (IsPage(context.Request))
        {
            await context.ChallengeAsync();
        }
        else
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await Problems.From(Stranger, StatusCodes.Status401Unauthorized).ExecuteAsync(context);
        }
    }

    private static bool IsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && TokenHandler.TextOf(request) is null
        && !request.Path.StartsWithSegments("/api") && !request.Path.StartsWithSegments("/hubs") && !request.Path.StartsWithSegments("/_blazor");
}
