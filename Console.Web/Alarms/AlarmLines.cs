using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Rules.Bands;

namespace OpsConsole.Web.Alarms;

/// <summary>An alarm in a list.</summary>
/// <param name="Name">In full, <c>group/name</c>.</param>
/// <param name="Rule">In words.</param>
/// <param name="Hold">Why nobody is told of its last change yet; null where nothing keeps it.</param>
public sealed record AlarmLine(string Name, string State, DateTimeOffset Since, string Scope, string? Service, string Rule, string Reason, string? Hold, string? Owner, int Fired, int Right, int Wrong)
{
    public static AlarmLine Of(AlarmGroup group, Alarm alarm) =>
        new(
            $"{group.Name}/{alarm.Definition.Name}", alarm.State.Word(), alarm.Since, alarm.Definition.Scope.ToString(), alarm.Definition.Service, RuleOf(alarm.Definition), alarm.Reason,
            alarm.Hold?.Phase.ToString(), group.Owner, alarm.Fired, alarm.Right, alarm.Wrong);

    public static string RuleOf(AlarmDefinition alarm) => alarm.Rule?.ToString() ?? alarm.Composite!.Expression;
}

/// <param name="Next">Send as <c>after</c> for the next page; null on the last one.</param>
public sealed record AlarmList(AlarmLine[] Alarms, string? Next);

/// <summary>An alarm in full.</summary>
/// <param name="Evaluated">Whether its state rests on data of this console's run.</param>
public sealed record AlarmDetail(AlarmLine Alarm, AlarmDefinition Definition, AlarmChange[] History, bool Evaluated)
{
    /// <summary>Of an alarm with a band, what it is judged by now; null while too little is known.</summary>
    public BandLimits? Band { get; init; }
}
