using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using OpsConsole.Domain.Access;

namespace OpsConsole.Web.Shell;

/// <summary>The part of the fleet a person looks at, read from the address.</summary>
public static class WhereYouAre
{
    /// <summary>The scope picked in the top bar; null where all is shown.</summary>
    public static Scope? Chosen(NavigationManager nav) =>
        QueryHelpers.ParseQuery(new Uri(nav.Uri).Query).TryGetValue("scope", out var text) && Scope.Parse(text.ToString()) is { Kind: not ScopeKind.Global } scope ? scope : null;

    /// <summary>What the cord would be pulled over: the region of the page, else the picked scope, else everything.</summary>
    public static Scope For(NavigationManager nav)
    {
        var parts = new Uri(nav.Uri).AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts is ["fleet", var region, ..] ? Scope.OfRegion(Uri.UnescapeDataString(region)) : Chosen(nav) ?? Scope.Global;
    }
}
