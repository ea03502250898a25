using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Audit;
using OpsConsole.Domain.Alarms.Maintenance;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Rules.Bands;
using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Engine.Alarms.Watch;

namespace OpsConsole.Engine.Alarms.Audit;

/// <summary>Gathers what an audit looks at: the fleet's zones, pipelines' stages, alarms and the streams there are.</summary>
public sealed class AlarmAuditor(IStates states, MetricStore store, IEnumerable<IAuditedStages> stages, TimeProvider clock)
{
    /// <summary>Over how long streams' pace is told.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(14);

    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);

    /// <summary>So many bands are looked at; reading one takes a day of its stream.</summary>
    private const int MostBands = 2_000;

    private readonly Lock _lock = new();
    private (DateTimeOffset At, ImmutableArray<AuditFinding> Findings) _last;

    /// <summary>What is wrong now; at most ten seconds old.</summary>
    public ImmutableArray<AuditFinding> Audit()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (_last.Findings.IsDefault || now - _last.At > Remembered)
            {
                _last = (now, AlarmAudit.Of(Input(now)));
            }

            return _last.Findings;
        }
    }

    /// <summary>The starter set of a service, for the zones it is in and the streams there are now.</summary>
    public StarterAlarms Starter(string service)
    {
        var now = clock.GetUtcNow();
        var query = new MetricQuery();
        double? Usual(StreamSelector streams)
        {
            var values = new double[10];
            var end = new DateTimeOffset(now.Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
            query.Read(store.Find(streams), Statistic.Percentile(99), end.AddMinutes(-values.Length), TimeSpan.FromMinutes(1), values, least: 20);
            double[] known = [.. values.Where(double.IsFinite).Order()];
            return known.Length == 0 ? null : known[known.Length / 2];
        }

        return StarterSet.For(service, Zones(), new StreamLookup(Streams(now)), Usual);
    }

    private AuditInput Input(DateTimeOffset now) => new(
        Zones(),
        [.. stages.SelectMany(one => one.Stages())],
        [.. states.All<AlarmGroup>(AlarmStreams.Family).SelectMany(group => group.State.Alarms.Values.Select(alarm => (group.State.Name, alarm)))],
        Streams(now),
        now)
    {
        Bands = Bands(now),
    };

    private ImmutableDictionary<string, BandLimits> Bands(DateTimeOffset now)
    {
        var maintenance = states.Get<MaintenanceBook>(MaintenanceStreams.Only);
        var learned = from one in states.All<AlarmGroup>(AlarmStreams.Family)
                      from alarm in one.State.Alarms.Values
                      where alarm.Definition.Rule?.Band is not null
                      let band = AlarmLook.BandAt(alarm, one.State.Name, maintenance, store, now)
                      where band is not null
                      select KeyValuePair.Create($"{one.State.Name}/{alarm.Definition.Name}", band!);
        return learned.Take(MostBands).ToImmutableDictionary(StringComparer.Ordinal);
    }

    private ImmutableArray<AuditZone> Zones() =>
        [.. states.All<RegionFleet>(FleetStreams.Family).Select(fleet => fleet.State).SelectMany(fleet => fleet.Hosts.Values
            .Where(host => !host.Validator)
            .GroupBy(host => (host.Service, host.Az))
            .Select(zone => new AuditZone(zone.Key.Service, fleet.Partition, fleet.Region, zone.Key.Az, zone.Count(), zone.All(host => host.Simulated))))];

    private ImmutableArray<StreamFacts> Streams(DateTimeOffset now)
    {
        var from = store.Since > now - Lately ? store.Since : now - Lately;
        var span = now - from;
        return [.. store.Lines.Select(line =>
        {
            var (seconds, observations) = line.Since(from);
            return new StreamFacts(line.Stream, line.Last, seconds == 0 ? span : span / seconds, span > TimeSpan.Zero ? observations / span.TotalMinutes : 0);
        })];
    }
}
