using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace OpsConsole.Web.Shell;

/// <summary>The navigation: only pages that this build has.</summary>
public static class NavItems
{
    private static readonly HashSet<string> Routes = [.. typeof(NavItems).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template)];

    private static readonly NavItem[] Wished =
    [
        new("Watch", "Overview", "/"),
        new("Watch", "Rollouts", "/rollouts"),
        new("Watch", "Fleet", "/fleet"),
        new("Watch", "Durability", "/durability"),
        new("Watch", "Canaries", "/canaries"),
        new("Watch", "Alarms", "/alarms"),
        new("Watch", "Metrics", "/metrics"),
        new("Control", "Cord", "/cord"),
        new("Control", "Reservations", "/reservations"),
        new("Control", "Fleet Update", "/fleet-update"),
        new("Control", "Calendar", "/calendar"),
        new("Control", "Pipelines", "/pipelines"),
        new("Control", "Approvals", "/approvals"),
        new("Control", "Notifications", "/notifications"),
        new("Learn", "Threats", "/threats"),
        new("Learn", "Noodles", "/noodles"),
        new("Learn", "Proving ground", "/ground"),
        new("Learn", "Audit", "/audit"),
        new("Console", "Settings", "/settings"),
    ];

    public static IReadOnlyList<NavItem> All { get; } = [.. Wished.Where(item => Routes.Contains(item.Href))];
}

public sealed record NavItem(string Group, string Name, string Href);
