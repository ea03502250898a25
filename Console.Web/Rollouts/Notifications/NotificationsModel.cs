using OpsConsole.Domain.Access;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Rollouts.Notifications;

/// <summary>What the page Notifications shows.</summary>
/// <param name="Address">What links begin with; null where it is not known.</param>
/// <param name="AddressSet">Whether somebody set it; else it is where the console listens.</param>
/// <param name="Deliveries">Newest first, at most <see cref="MostDeliveries"/>.</param>
public sealed record NotificationsModel(string? Address, bool AddressSet, IReadOnlyList<Subscription> Subscriptions, IReadOnlyList<DeliveryLine> Deliveries)
{
    public const int MostDeliveries = 100;

    /// <summary>What a subscription is told of, in words.</summary>
    public static string Hears(Subscription one) =>
        $"{(one.Transitions.IsEmpty ? "all transitions" : string.Join(", ", one.Transitions.Select(Words)))} in {(one.Scopes.IsEmpty ? "all scopes" : string.Join(", ", one.Scopes))}";

    /// <summary>The kind of a transition as people say it.</summary>
    public static string Words(TransitionKind kind) =>
        kind switch
        {
            TransitionKind.Started => "started",
            TransitionKind.StageBegan => "stage began",
            TransitionKind.ApprovalAsked => "waits for approval",
            TransitionKind.ApprovalExpired => "approval expired",
            TransitionKind.Paused => "paused",
            TransitionKind.Resumed => "resumed",
            TransitionKind.Halted => "stopped",
            TransitionKind.Asks => "asks a person",
            TransitionKind.RollbackBegan => "rollback began",
            TransitionKind.RolledBack => "rolled back",
            TransitionKind.Completed => "completed",
            TransitionKind.Abandoned => "abandoned",
            TransitionKind.Queued => "queued",
            TransitionKind.Superseded => "superseded",
            TransitionKind.CordPulled => "cord pulled",
            TransitionKind.CordReleased => "cord released",
            TransitionKind.AlarmRaised => "alarm",
            TransitionKind.AlarmCleared => "alarm over",
            TransitionKind.VisitOverdue => "host not visited in time",
            TransitionKind.VisitOverdueEnded => "overdue host ended",
            _ => "test",
        };

    public static StateKind Kind(DeliveryLine line) =>
        line.State switch
        {
            DeliveryState.Delivered => StateKind.Ok,
            DeliveryState.Undelivered => StateKind.Bad,
            DeliveryState.Waiting when line.Attempts > 0 => StateKind.Warn,
            _ => StateKind.Idle,
        };

    public static string Words(DeliveryLine line) =>
        line.State switch
        {
            DeliveryState.Waiting => line.Attempts == 0 ? "to be sent" : $"failed {Ages.Of(line.Attempts, "time")}, tried again",
            DeliveryState.Delivered => line.Attempts > 1 ? $"delivered at attempt {Ages.Count(line.Attempts)}" : "delivered",
            DeliveryState.Undelivered => "undelivered",
            _ => "not sent",
        };

    /// <summary>Why this person may not change a subscription; null where they may.</summary>
    public static string? WhyNot(Subscription? one, Actor? me) =>
        me is null ? "Signing in…"
        : (one is null || one.Scopes.IsEmpty ? [Scope.Global] : one.Scopes).Any(scope => !Permissions.May(me, Permission.ChangeSettings, scope)) ? $"It needs {Permissions.LeastRole(Permission.ChangeSettings)}."
        : null;
}
