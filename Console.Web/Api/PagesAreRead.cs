using Microsoft.AspNetCore.Components.Endpoints;

namespace OpsConsole.Web.Api;

/// <summary>
/// Pages answer GET alone: their forms are endpoints of their own. Else the page for what does not exist, which matches every path, would take each
/// request to the API whose method fits and whose content type does not, and answer it as a page.
/// </summary>
internal static class PagesAreRead
{
    private static readonly HttpMethodMetadata Get = new([HttpMethods.Get, HttpMethods.Head]);

    public static void OnlyRead(this IEndpointConventionBuilder pages) =>
        pages.Add(endpoint =>
        {
            if (endpoint.Metadata.OfType<ComponentTypeMetadata>().Any())
            {
                endpoint.Metadata.Add(Get);
            }
        });
}
