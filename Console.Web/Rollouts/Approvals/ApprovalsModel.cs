using OpsConsole.Domain.Access;
using OpsConsole.Domain.Rollouts.Approvals;

namespace OpsConsole.Web.Rollouts.Approvals;

/// <summary>What the page Approvals shows.</summary>
/// <param name="Waiting">Stages whose turn it is.</param>
/// <param name="Later">Stages that will ask; they may be approved already.</param>
public sealed record ApprovalsModel(IReadOnlyList<ApprovalLine> Waiting, IReadOnlyList<ApprovalLine> Later)
{
    public static ApprovalsModel Of(IReadOnlyList<ApprovalLine> all) => new([.. all.Where(line => line.Wait is not null)], [.. all.Where(line => line.Wait is null)]);

    /// <summary>Why this person's approval would not be taken; null where it would.</summary>
    public static string? WhyNot(ApprovalLine line, Actor? me) =>
        me is null ? "Signing in…"
        : !line.People.Contains(me.Name) ? $"It needs {(line.Rule.Count == 1 ? "somebody" : $"{line.Rule.Count} people")} with the role {string.Join(" or ", line.Rule.Roles)} for {line.Service}{(line.Rule.FourEyes ? ", who did not make the plan" : "")}."
        : line.Given.Any(approval => approval.By == me.Id && approval.Voided is null && approval.PlanHash == line.PlanHash) ? "You have approved it."
        : null;

    /// <summary>Anyone on call may refuse.</summary>
    public static bool MayRefuse(ApprovalLine line, Actor? me) => me is not null && Permissions.May(me, Permission.OperateRollouts, Scope.OfService(line.Service));
}
