using System.Collections.Immutable;
using OpsConsole.Domain.Access;

namespace OpsConsole.Web.Access;

/// <summary>Grants as people read and write them: <c>Operator in partition:china, Viewer in global</c>.</summary>
internal static class GrantWords
{
    public static string Of(ImmutableArray<Grant> grants) => grants.IsDefaultOrEmpty ? "none" : string.Join(", ", grants.Select(grant => $"{grant.Role} in {grant.Scope}"));
}
