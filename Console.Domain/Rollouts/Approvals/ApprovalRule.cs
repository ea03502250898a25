using System.Collections.Immutable;
using OpsConsole.Domain.Access;

namespace OpsConsole.Domain.Rollouts.Approvals;

/// <summary>What a stage asks for before it begins.</summary>
public sealed record ApprovalRule
{
    /// <summary>Who may approve: whoever has one of these roles or a higher one for the service. Never empty, never below Approver.</summary>
    public ImmutableArray<Role> Roles { get; init; } = [Role.Approver];

    /// <summary>How many different people, 1 to 10.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Whoever made the plan may not approve it, and only people may.</summary>
    public bool FourEyes { get; init; } = true;

    /// <summary>How long the stage waits for it before a person is asked.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long an approval counts after it was given.</summary>
    public TimeSpan Valid { get; init; } = TimeSpan.FromHours(24);

    public bool Equals(ApprovalRule? other) =>
        other is not null && Roles.SequenceEqual(other.Roles) && (Count, FourEyes, Within, Valid) == (other.Count, other.FourEyes, other.Within, other.Valid);

    public override int GetHashCode() => HashCode.Combine(Roles.Length, Count, FourEyes, Within, Valid);

    /// <summary>Who may approve, in words.</summary>
    public string Who(Rollout rollout) =>
        $"{(Count == 1 ? "one" : $"{Count} different")} with the role {string.Join(" or ", Roles)} or higher for {rollout.Service}{(FourEyes ? $", not {string.Join(" nor ", ApprovalRules.Makers(rollout))}" : "")}";
}

/// <summary>One person's approval of one stage, bound to the plan it was given for.</summary>
/// <param name="Until">When it stops counting.</param>
public sealed record Approval(string Stage, string PlanHash, string By, string Reason, DateTimeOffset At, DateTimeOffset Until)
{
    /// <summary>Why it does not count any more; null while it does.</summary>
    public string? Voided { get; init; }

    public DateTimeOffset? VoidedAt { get; init; }
}

/// <summary>A stage that waits for approval.</summary>
public sealed record ApprovalRequest(string Stage, string PlanHash, DateTimeOffset Since);
