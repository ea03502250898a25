using Microsoft.AspNetCore.Components.Endpoints;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Api;

/// <summary>
/// Pages answer GET alone: their forms are endpoints of their own. Else the page for what does not exist, which matches every path, would take each
/// request to the API whose method fits and whose content type does not, and answer it as a page.
/// </summary>
internal static class PagesAreRead
{
    /// <summary>What routing calls the endpoint it makes up where paths match and methods do not.</summary>
    private const string OtherMethod = "405 HTTP Method Not Supported";

    private static readonly HttpMethodMetadata Get = new([HttpMethods.Get, HttpMethods.Head]);

    public static void OnlyRead(this IEndpointConventionBuilder pages) =>
        pages.Add(endpoint =>
        {
            if (endpoint.Metadata.OfType<ComponentTypeMetadata>().Any())
            {
                endpoint.Metadata.Add(Get);
            }
        });

    /// <summary>
    /// The page that says "no such page" is answered with 404. The status is set as the first byte leaves: the renderer sends no body for a page whose
    /// status says earlier that there is nothing. What is sent to a path that only pages could have answers 404 too: there is nothing that takes it.
    /// </summary>
    public static void UseNoSuchPage(this WebApplication app) =>
        app.Use((http, next) =>
        {
            if (http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type == typeof(NoSuchPage))
            {
                http.Response.OnStarting(() =>
                {
                    http.Response.StatusCode = http.Response.StatusCode == StatusCodes.Status200OK ? StatusCodes.Status404NotFound : http.Response.StatusCode;
                    return Task.CompletedTask;
                });
            }

            return http.GetEndpoint()?.DisplayName == OtherMethod && !OfPrograms(http.Request.Path) ? Problems.NoSuchPath(http).ExecuteAsync(http) : next(http);
        });

    private static bool OfPrograms(PathString path) => path.StartsWithSegments("/api") || path.StartsWithSegments("/hubs") || path.StartsWithSegments("/v1");
}
