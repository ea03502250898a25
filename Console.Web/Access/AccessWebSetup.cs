namespace OpsConsole.Web.Access;

internal static class AccessWebSetup
{
    /// <summary>What strangers' browsers need for the sign-in page, and nothing else.</summary>
    private static readonly string[] OpenAssets = ["css/tokens", "css/sign-in", "favicon"];

    /// <summary>After authentication's services: who is asking, may they at all.</summary>
    public static void UseDoor(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    public static TBuilder OpenForSignIn<TBuilder>(this TBuilder assets)
        where TBuilder : IEndpointConventionBuilder
    {
        assets.Add(endpoint =>
        {
            if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } path } && OpenAssets.Any(open => path.TrimStart('/').StartsWith(open, StringComparison.Ordinal)))
            {
                endpoint.Metadata.Add(new Microsoft.AspNetCore.Authorization.AllowAnonymousAttribute());
            }
        });
        return assets;
    }
}
