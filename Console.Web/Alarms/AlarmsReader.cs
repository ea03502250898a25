using System.Collections.Frozen;
using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Maintenance;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Rules.Bands;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Alarms.Audit;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Engine.Alarms.Watch;
using OpsConsole.Engine.Fleet;

namespace OpsConsole.Web.Alarms;

/// <summary>Reads what the pages of alarms show.</summary>
public sealed class AlarmsReader(IStates states, FleetSummaries fleet, AlarmAuditor auditor, AlarmBook book, MetricStore store, TimeProvider clock)
{
    private const int MostWatchers = 10;

    public AlarmsModel Read(string? state, string? service)
    {
        var now = fleet.Now;
        ImmutableArray<string> services = [.. now.Regions.SelectMany(region => region.Releases).Select(count => count.Service).Distinct().Order(StringComparer.Ordinal)];
        return AlarmsModel.Of(states.All<AlarmGroup>(AlarmStreams.Family).Select(group => group.State), state, service, Simulated(now), auditor.Audit(), states.Get<MaintenanceBook>(MaintenanceStreams.Only), services, clock.GetUtcNow());
    }

    public AlarmModel? Read(AlarmId id)
    {
        var group = states.Get<AlarmGroup>(AlarmStreams.Of(id.Group));
        return group.Alarms.TryGetValue(id.Name, out var alarm)
            ? AlarmModel.Of(group, alarm, book.Find(id) is { Judged: true } || alarm.Definition.Composite is not null, Simulated(fleet.Now).Contains(alarm.Definition.Scope.Name), name => AlarmId.Parse(name) is { } child ? AlarmStreams.Find(states, child)?.State : null, AlarmLook.At(alarm, id.Group, states.Get<MaintenanceBook>(MaintenanceStreams.Only), store, clock.GetUtcNow())) with { Watchers = Watchers(id.ToString()) }
            : null;
    }

    /// <summary>What an alarm with a band is judged by now.</summary>
    public BandLimits? Band(Alarm alarm, string group) => AlarmLook.BandAt(alarm, group, states.Get<MaintenanceBook>(MaintenanceStreams.Only), store, clock.GetUtcNow());

    private ImmutableArray<string> Watchers(string child) =>
    [
        .. (from one in states.All<AlarmGroup>(AlarmStreams.Family)
            from name in one.State.Restless
            let composite = one.State.Alarms[name].Definition.Composite
            where composite is not null && (composite.Suppressor == child || composite.Read is { } read && read.Children.Contains(child))
            select $"{one.State.Name}/{name}").Take(MostWatchers),
    ];

    private static FrozenSet<string> Simulated(FleetSummary fleet) =>
        fleet.Regions.Where(region => region.Simulated).SelectMany(region => region.Azs.Select(az => az.Az).Append(region.Region)).ToFrozenSet(StringComparer.Ordinal);
}
