using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Rules;

namespace OpsConsole.Domain.Alarms;

/// <summary>Where a rollout is at work, as gates see it.</summary>
/// <param name="Azs">Those of the region whose hosts are judged, or changed now.</param>
public sealed record GatePlace(string Service, string Partition, string Region, ImmutableArray<string> Azs);

/// <summary>Which alarms a gate obeys, of those that speak for the service and for the places at work.</summary>
/// <param name="Which"><c>group/name</c>, <c>group:NAME</c>, <c>tag:NAME</c>; none for all.</param>
public sealed record AlarmGate(ImmutableArray<string> Which)
{
    /// <summary>The metric that gates on alarms are of: how many are in ALARM.</summary>
    public const string Metric = "alarms";

    public bool Chooses(string group, AlarmDefinition alarm) =>
        Which.IsEmpty || Which.Any(one => one == $"{group}/{alarm.Name}" || one == $"group:{group}" || alarm.Tags.Any(tag => one == $"tag:{tag}"));

    /// <summary>Whether an alarm speaks for the service and for a place at work.</summary>
    public static bool Concerns(AlarmDefinition alarm, GatePlace place) =>
        (alarm.Service is null || alarm.Service == place.Service)
        && alarm.Scope.Kind switch
        {
            ScopeKind.Global => true,
            ScopeKind.Partition => alarm.Scope.Name == place.Partition,
            ScopeKind.Region => alarm.Scope.Name == place.Region,
            ScopeKind.Az => place.Azs.Contains(alarm.Scope.Name),
            ScopeKind.Store => alarm.Scope.Service == place.Service && alarm.Scope.Region == place.Region,
            _ => alarm.Scope.Name == place.Service,
        };
}

/// <summary>An alarm as a gate sees it.</summary>
/// <param name="Known">Whether its state rests on data of this console's run; after a restart not at once.</param>
public sealed record GatedAlarm(string Name, AlarmState State, bool Known, string Reason);

/// <summary>
/// Alarms as a gate's reading: how many are in ALARM. Where none is, but one has no data, there is no number: Missing, not good (law 8). Where no alarm speaks
/// for the place at all, that is Missing too: a gate that obeys nobody would let everything pass.
/// </summary>
public static class AlarmGates
{
    private const int Named = 5;

    public static Reading Read(Gate gate, GatePlace place, IReadOnlyCollection<GatedAlarm> alarms)
    {
        var reading = new Reading(gate.Reads, "alarms", null, 0);
        GatedAlarm[] red = [.. alarms.Where(alarm => alarm.State == AlarmState.Alarm)];
        GatedAlarm[] dark = [.. alarms.Where(alarm => alarm.State == AlarmState.InsufficientData || (alarm.State == AlarmState.Ok && !alarm.Known))];
        return red.Length > 0 ? reading with { Value = red.Length, Samples = Math.Max(alarms.Count, gate.MinSamples), Detail = $"in ALARM: {Names(red)}; {red[0].Reason}" }
            : alarms.Count == 0 ? reading with { Detail = $"no alarm speaks for {place.Service} in {string.Join(", ", place.Azs.Prepend(place.Region))}" }
            : dark.Length > 0 ? reading with { Samples = alarms.Count - dark.Length, Detail = $"without data: {Names(dark)}" }
            : reading with { Value = 0, Samples = alarms.Count };
    }

    private static string Names(GatedAlarm[] alarms) => string.Join(", ", alarms.Take(Named).Select(alarm => alarm.Name)) + (alarms.Length > Named ? $" and {alarms.Length - Named} more" : "");
}
