using OpsConsole.Domain.Access;
using OpsConsole.Web.Access;

namespace OpsConsole.Web.Api;

/// <summary>Queries ask the same permission function that commands do.</summary>
internal static class Needs
{
    public static IResult Needing(this HttpContext http, Permission permission, Func<IResult> answer, Scope? scope = null) =>
        Permissions.Check(http.Actor(), permission, scope ?? Scope.Global) is { } refused ? Problems.From(refused) : answer();

    public static async Task<IResult> NeedingAsync(this HttpContext http, Permission permission, Func<Task<IResult>> answer, Scope? scope = null) =>
        Permissions.Check(http.Actor(), permission, scope ?? Scope.Global) is { } refused ? Problems.From(refused) : await answer();

    /// <summary>Answers actors that have any role anywhere.</summary>
    public static IResult Seeing(this HttpContext http, Func<IResult> answer) =>
        http.Actor() is { Grants.IsDefaultOrEmpty: false } ? answer() : http.Needing(Permission.View, answer);
}
