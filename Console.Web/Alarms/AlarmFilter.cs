using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Web.Alarms;

/// <summary>Which alarms a list shows; what is null asks for nothing.</summary>
/// <param name="State">OK, ALARM or INSUFFICIENT_DATA.</param>
public sealed record AlarmFilter(string? State, string? Service, string? Group, string? Scope)
{
    /// <summary>Why it cannot be asked; null where it can.</summary>
    public string? Wrong => State is { Length: > 0 } state && AlarmStateWords.Parse(state) is null ? $"'{state}' is no state; ask for OK, ALARM or INSUFFICIENT_DATA." : null;

    /// <summary>By full name; only what the actor may see.</summary>
    public IEnumerable<AlarmLine> Of(IStates states, Actor actor) =>
        from one in states.All<AlarmGroup>(AlarmStreams.Family)
        where string.IsNullOrEmpty(Group) || one.State.Name == Group
        orderby one.State.Name
        from alarm in one.State.Alarms.Values
        where (string.IsNullOrEmpty(State) || alarm.State.Word() == State)
            && (string.IsNullOrEmpty(Service) || alarm.Definition.Service == Service)
            && (string.IsNullOrEmpty(Scope) || alarm.Definition.Scope.ToString() == Scope)
            && Permissions.May(actor, Permission.View, alarm.Definition.Scope)
        select AlarmLine.Of(one.State, alarm);
}
