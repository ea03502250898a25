using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Notifications;

/// <summary>What is said of an alarm that went off, is over, or lost its data.</summary>
internal static class AlarmNotice
{
    public static Transition TransitionOf(AlarmAction action) =>
        new(action.Number, action.State == AlarmState.Alarm ? TransitionKind.AlarmRaised : TransitionKind.AlarmCleared, action.At, "alarm", action.Reason, null, null);

    public static NoticeContent Of(AlarmGroup group, AlarmAction action, Transition transition, IStates states)
    {
        var alarm = group.Alarms.GetValueOrDefault(action.Alarm)?.Definition;
        var simulated = alarm?.Scope.Region is { } region && states.Get<RegionFleet>(FleetStreams.Of(region)).Simulated;
        return new($"{group.Name}/{action.Alarm} is {action.State.Word()}{(alarm is null ? "" : $" in {alarm.Scope}")}", transition.Kind, action.At, $"/alarms/{group.Name}/{action.Alarm}", simulated)
        {
            Service = alarm?.Service, Where = alarm?.Scope.ToString(), By = "alarm", Why = alarm?.Description is { Length: > 0 } meaning ? meaning : null, Evidence = action.Reason,
        };
    }

    /// <summary>Where an alarm speaks for; one that was taken out since, everywhere.</summary>
    public static NoticePlace Place(AlarmGroup group, AlarmAction action)
    {
        if (group.Alarms.GetValueOrDefault(action.Alarm)?.Definition is not { } alarm)
        {
            return new(null, null, null);
        }

        ImmutableHashSet<string>? services = alarm.Service is { } service ? [service] : alarm.Scope.Kind == ScopeKind.Service ? [alarm.Scope.Name] : null;
        return new(services, alarm.Scope.Region is { } region ? [region] : null, alarm.Scope.Partition is { } partition ? [partition] : null);
    }
}
