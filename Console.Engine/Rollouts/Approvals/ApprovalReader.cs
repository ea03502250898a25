using OpsConsole.Domain.Access;
using OpsConsole.Domain.Rollouts.Approvals;

namespace OpsConsole.Engine.Rollouts.Approvals;

/// <summary>Reads a stage's <c>approval: { roles: [approver], count: 2, fourEyes: true, within: 24h, valid: 12h }</c>.</summary>
internal static class ApprovalReader
{
    public static ApprovalRule? Read(YamlSection? section)
    {
        if (section is null)
        {
            return null;
        }

        var otherwise = new ApprovalRule();
        var roles = section.Texts("roles").Select(name => Enum.TryParse<Role>(name, ignoreCase: true, out var role) && char.IsLetter(name[0]) ? role : (Role?)null).ToArray();
        var rule = new ApprovalRule
        {
            // A name that is no role is refused by the rules, as one that may not approve.
            Roles = roles.Length == 0 ? otherwise.Roles : [.. roles.Select(role => role ?? Role.Viewer)],
            Count = section.Int("count", otherwise.Count),
            FourEyes = section.Flag("fourEyes", otherwise.FourEyes),
            Within = section.Time("within", otherwise.Within),
            Valid = section.Time("valid", otherwise.Valid),
        };
        section.Done();
        return rule;
    }
}
