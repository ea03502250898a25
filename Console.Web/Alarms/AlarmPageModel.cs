using OpsConsole.Domain.Alarms.Rules;

namespace OpsConsole.Web.Alarms;

/// <summary>The page of one alarm.</summary>
/// <param name="Alarm">Null where there is none of the name.</param>
public sealed record AlarmPageModel(AlarmModel? Alarm)
{
    /// <summary>Newest first.</summary>
    public IReadOnlyList<AlarmChange> History { get; } = Alarm is null ? [] : [.. Alarm.Alarm.History.Reverse()];
}
