using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Access;

/// <summary>The one answer to "may this actor do this here?", used by pages, API, hub and CLI alike.</summary>
public static class Permissions
{
    /// <summary>The least role that has the permission; null where no role has it.</summary>
    public static Role? LeastRole(Permission permission) =>
        permission switch
        {
            Permission.View => Role.Viewer,
            Permission.PullCord or Permission.OperateRollouts or Permission.DrillHosts or Permission.Reserve or Permission.OperateCanaries or Permission.JudgeAlarms or Permission.RunNoodles or Permission.HandInMetrics => Role.Operator,
            Permission.ReleaseCord or Permission.ClearQuarantine or Permission.RegisterReleases or Permission.EditCalendar or Permission.OverrideCalendar or Permission.OverrideGates or Permission.StartHotfixes or Permission.Approve or Permission.OverrideReservations or Permission.ForceRelease or Permission.EditCanaries or Permission.EditAlarms => Role.Approver,
            Permission.EditPipelines or Permission.OverrideCord or Permission.EditFleet or Permission.ManageAccess or Permission.ChangeSettings => Role.Admin,
            _ => null,
        };

    public static bool May(Actor actor, Permission permission, Scope scope) =>
        actor.Kind switch
        {
            ActorKind.Engine => true,
            ActorKind.Agent => permission == Permission.ReportHosts,
            _ => LeastRole(permission) is { } least && Covers(actor.Grants, least, scope),
        };

    public static Rejection? Check(Actor actor, Permission permission, Scope scope)
    {
        if (May(actor, permission, scope))
        {
            return null;
        }

        var needed = LeastRole(permission) is { } least ? $"{least} or higher in {scope}" : "the console itself";
        return new Rejection(
                RejectionKind.Forbidden,
                "access.forbidden",
                $"{permission} was refused in {scope}.",
                $"It needs {needed}; {actor.Id} has {Describe(actor)}.",
                "Ask an Admin for the role, or someone who has it to do this.")
            .With("actor", actor.Id)
            .With("permission", permission.ToString())
            .With("scope", scope.ToString());
    }

    /// <summary>Whether these grants include that one: at least its role, in a scope that covers its scope.</summary>
    public static bool Holds(ImmutableArray<Grant> held, Grant grant) => Covers(held, grant.Role, grant.Scope);

    /// <summary>Nobody gives away more than they have. The refusal names the first grant that is more; null where none is.</summary>
    public static Rejection? MoreThanOwn(Actor actor, ImmutableArray<Grant> given) =>
        actor.Kind != ActorKind.Engine && given.FirstOrDefault(grant => !Holds(actor.Grants, grant)) is { } more
            ? new Rejection(
                    RejectionKind.Forbidden,
                    "access.more-than-own",
                    $"{more.Role} in {more.Scope} was not granted.",
                    $"Nobody gives more than they have, and {actor.Id} has {Describe(actor)}.",
                    "Ask an Admin of that scope to grant it.")
                .With("actor", actor.Id)
                .With("grant", $"{more.Role} in {more.Scope}")
            : null;

    private static bool Covers(ImmutableArray<Grant> held, Role least, Scope scope)
    {
        foreach (var own in held)
        {
            if (own.Role >= least && own.Scope.Covers(scope))
            {
                return true;
            }
        }

        return false;
    }

    private static string Describe(Actor actor) =>
        actor.Grants.IsDefaultOrEmpty ? "no role" : string.Join(", ", actor.Grants.Select(grant => $"{grant.Role} in {grant.Scope}"));
}
