namespace OpsConsole.Domain.Alarms.Rules.Composites;

public enum HoldPhase
{
    /// <summary>The suppressor may still go off.</summary>
    Waiting,

    /// <summary>The suppressor is in ALARM.</summary>
    Suppressed,

    /// <summary>The suppressor is over; the alarm itself may still follow.</summary>
    Extending,

    /// <summary>A maintenance window covers the alarm.</summary>
    Muted,
}

/// <summary>Why nobody is told of a change yet.</summary>
/// <param name="Change">Number of the change it began with: another one begins anew.</param>
/// <param name="Until">When it ends by itself; null while something else ends it.</param>
public sealed record ActionHold(HoldPhase Phase, int Change, DateTimeOffset? Until);

/// <summary>What is to be done about an alarm's newest change.</summary>
/// <param name="Act">Whether it is told now; never while there is a hold.</param>
/// <param name="Hold">Null where nothing keeps it.</param>
public readonly record struct ActionStep(bool Act, ActionHold? Hold);

/// <summary>When a change of an alarm's state is acted on: CloudWatch's suppression with its wait and extension periods, and maintenance windows.</summary>
public static class ActionHolds
{
    /// <param name="hold">The hold there is.</param>
    /// <param name="change">Number of the newest change.</param>
    /// <param name="since">When it came.</param>
    /// <param name="pending">Whether it was not acted on yet.</param>
    /// <param name="muted">Whether a maintenance window covers the alarm now.</param>
    /// <param name="rule">Null for an alarm that is no composite.</param>
    /// <param name="suppressor">The suppressor's state and since when; null where there is none.</param>
    public static ActionStep Step(ActionHold? hold, int change, DateTimeOffset since, bool pending, bool muted, CompositeRule? rule, (AlarmState State, DateTimeOffset Since)? suppressor, DateTimeOffset now)
    {
        if (!pending)
        {
            return default;
        }

        if (muted)
        {
            return new(false, new(HoldPhase.Muted, change, null));
        }

        if (rule is null || suppressor is not { } other)
        {
            return new(true, null);
        }

        if (other.State == AlarmState.Alarm)
        {
            return new(false, new(HoldPhase.Suppressed, change, null));
        }

        var next = hold switch
        {
            { Phase: HoldPhase.Suppressed } when hold.Change == change => new ActionHold(HoldPhase.Extending, change, other.Since + rule.Extension),
            { Phase: HoldPhase.Waiting or HoldPhase.Extending } when hold.Change == change => hold,
            _ => new ActionHold(HoldPhase.Waiting, change, since + rule.Wait),
        };
        return now >= next.Until ? new(true, null) : new(false, next);
    }
}
