using System.Collections.Immutable;
using OpsConsole.Domain.Access;

namespace OpsConsole.Domain.Rollouts.Approvals;

/// <summary>When a stage is approved, and what it waits for while it is not.</summary>
public static class ApprovalRules
{
    public const int MostPeople = 10;

    /// <summary>The rule of a stage of the plan; null where it asks for none. A rollback never does.</summary>
    public static ApprovalRule? Of(Rollout rollout, int stage) =>
        rollout is { Kind: RolloutKind.Forward, Plan: { } plan, Pipeline: { } pipeline } && stage >= 0 && stage < plan.Stages.Length
            ? pipeline.Stages.FirstOrDefault(one => one.Name == plan.Stages[stage].Name)?.Approval
            : null;

    /// <summary>Index of a stage in the plan by its name; -1 where there is none.</summary>
    public static int StageOf(Rollout rollout, string name) => rollout.Plan is { } plan ? Array.FindIndex([.. plan.Stages], stage => stage.Name == name) : -1;

    /// <summary>Whoever made the plan the rollout has now.</summary>
    public static ImmutableArray<string> Makers(Rollout rollout) => [.. new[] { rollout.StartedBy, rollout.ReplannedBy }.OfType<string>().Distinct()];

    /// <summary>The approvals that count now: of this plan, not void, not expired, one of each person.</summary>
    public static ImmutableArray<Approval> Counting(Rollout rollout, int stage, DateTimeOffset now) =>
        Of(rollout, stage) is { } rule
            ? [.. rollout.Approvals.Where(approval => approval.Stage == rollout.Plan!.Stages[stage].Name && approval.PlanHash == rollout.PlanHash && approval.Voided is null && now < approval.Until)
                .Where(approval => !rule.FourEyes || !Makers(rollout).Contains(approval.By)).DistinctBy(approval => approval.By)]
            : [];

    public static bool Lacking(Rollout rollout, int stage, DateTimeOffset now) => Of(rollout, stage) is { } rule && Counting(rollout, stage, now).Length < rule.Count;

    /// <summary>Why a person is asked now, because an approval was not given in time; null while there is time.</summary>
    internal static string? Late(Rollout rollout, DateTimeOffset now) =>
        rollout is { Asked: { } asked, Status: RolloutStatus.Planned or RolloutStatus.Running } && StageOf(rollout, asked.Stage) is var stage && Lacking(rollout, stage, now) && Of(rollout, stage)!.Within is var within && now >= asked.Since + within
            ? $"stage '{asked.Stage}' was not approved within {Words.Of(within)}; it needs {Of(rollout, stage)!.Who(rollout)}"
            : null;

    internal static Wait? Wait(Rollout rollout, DateTimeOffset now)
    {
        if (rollout.Asked is not { } asked || StageOf(rollout, asked.Stage) is var stage && Of(rollout, stage) is not { })
        {
            return null;
        }

        var (rule, counting) = (Of(rollout, stage)!, Counting(rollout, stage, now));
        var given = counting.IsEmpty ? "none yet" : $"{counting.Length} of {rule.Count}, by {Words.Some(counting.Select(approval => approval.By))}";
        return new($"approval of stage '{asked.Stage}' with the plan {rollout.PlanHash}: {given}", asked.Since, asked.Since + rule.Within, rule.Who(rollout), "the stage begins; without it a person is asked");
    }

    internal static ImmutableArray<Approval> Void(ImmutableArray<Approval> all, IEnumerable<string> stages, string why, DateTimeOffset at)
    {
        var voided = stages.ToHashSet();
        return [.. all.Select(approval => approval.Voided is null && voided.Contains(approval.Stage) ? approval with { Voided = why, VoidedAt = at } : approval)];
    }

    internal static bool HasRole(Actor actor, ApprovalRule rule, Rollout rollout) => rule.Roles.Any(role => Permissions.Holds(actor.Grants, new(role, Scope.OfService(rollout.Service))));

    internal static void Check(ApprovalRule? rule, string path, Action<bool, string, string> add)
    {
        if (rule is null)
        {
            return;
        }

        var longest = TimeSpan.FromDays(30);
        add(rule.Roles.IsDefaultOrEmpty || rule.Roles.Any(role => role < Role.Approver), $"{path}.roles", "give approver, admin or both: an approval that anyone can give is none.");
        add(rule.Count is < 1 or > MostPeople, $"{path}.count", $"give 1 to {MostPeople}.");
        add(rule.Within <= TimeSpan.Zero || rule.Within > longest, $"{path}.within", "give more than 0 and at most 30d: every wait is finite.");
        add(rule.Valid <= TimeSpan.Zero || rule.Valid > longest, $"{path}.valid", "give more than 0 and at most 30d.");
    }
}
