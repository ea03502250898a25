using System.CommandLine;
using OpsConsole.Domain.Access;

namespace OpsConsole.Web.Access;

/// <summary><c>--grant operator@region:eu-west-1</c>: a role and where it holds; without a place it holds in global.</summary>
internal static class GrantOption
{
    public static Option<Grant[]> Make() =>
        new("--grant")
        {
            Description = "A role and where, such as viewer@global or operator@partition:china; may be repeated.",
            DefaultValueFactory = _ => [],
            AllowMultipleArgumentsPerToken = true,
            CustomParser = result =>
            {
                var grants = new List<Grant>();
                foreach (var text in result.Tokens.Select(token => token.Value))
                {
                    if (Parse(text) is { } grant)
                    {
                        grants.Add(grant);
                    }
                    else
                    {
                        result.AddError($"'{text}' is not a grant; write ROLE@SCOPE with a role of viewer, operator, approver, admin and a scope such as global or region:eu-west-1.");
                    }
                }

                return [.. grants];
            },
        };

    private static Grant? Parse(string text)
    {
        var parts = text.Split('@', 2);
        var scope = parts.Length == 2 ? Scope.Parse(parts[1]) : Scope.Global;
        return scope is not null && !char.IsAsciiDigit(text[0]) && Enum.TryParse<Role>(parts[0], ignoreCase: true, out var role) ? new Grant(role, scope) : null;
    }
}
