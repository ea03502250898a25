using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Canaries.Silence;

namespace OpsConsole.Engine.Canaries.OwnAlarms;

/// <summary>Asks the alarms' states. That of silent failure itself does not count: it tells what nothing else does.</summary>
internal sealed class FiringAlarms(IStates states) : IFiringAlarms
{
    public bool Fires(string service, string region) =>
        states.All<AlarmGroup>(AlarmStreams.Family).Where(group => group.State.Name != SilenceAlarms.Group).SelectMany(group => group.State.Alarms.Values)
            .Any(alarm => alarm.State == AlarmState.Alarm && (alarm.Definition.Service is null || alarm.Definition.Service == service) && (alarm.Definition.Scope.Kind == ScopeKind.Global || alarm.Definition.Scope.Region == region));
}
