using System.Globalization;
using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rehearsal;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Rehearsal;

/// <summary>
/// Numbers of the simulated fleet, every ten seconds for each AZ and service: what customers and health checks would show if there were any. As with its health,
/// the traces of what releases do are in them, and nothing else tells which are bad. They are simulated like the regions they are of.
/// </summary>
public sealed class SimulatedFeed(SimulationOptions options, IStates states, IMetricSink sink) : ITickPart
{
    private const int RequestsASecondAndHost = 50;

    /// <summary>Of a large AZ so many hosts stand for all.</summary>
    private const int MostHosts = 64;

    private const int RegionsATick = 2;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(10);
    private static readonly double[] Usual = [12, 15, 18, 22, 40];
    private static readonly double[] Slow = [150, 220, 300, 380, 420];

    private readonly Chance _chance = new(options.Seed);
    private Queue<string> _due = new();
    private DateTimeOffset _next;

    public ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (now >= _next)
        {
            _next = now + Round;
            _due = new(states.All<RegionFleet>(FleetStreams.Family).Select(fleet => fleet.State).Where(fleet => fleet.Simulated).Select(fleet => fleet.Region).Order(StringComparer.Ordinal));
        }

        // A few regions a tick: a large fleet is not counted all at once.
        for (var i = 0; i < RegionsATick && _due.TryDequeue(out var region); i++)
        {
            Region(states.Get<RegionFleet>(FleetStreams.Of(region)), now);
        }

        return ValueTask.CompletedTask;
    }

    private void Region(RegionFleet fleet, DateTimeOffset now)
    {
        foreach (var zone in fleet.Hosts.Values.Where(host => host.Simulated && !host.Validator && host.Role == HostRole.Web).GroupBy(host => (host.Az, host.Service)))
        {
            var (all, serving, failing, slow, seen) = (0, 0, 0, 0, 0);
            foreach (var host in zone)
            {
                all++;
                if (host.State is not (HostState.InService or HostState.ReadOnly))
                {
                    continue;
                }

                serving++;
                if (seen < MostHosts)
                {
                    seen++;
                    var does = SimulatedReleases.Of(host.Service, host.Release);
                    failing += does == Behaviour.Errors ? 1 : 0;
                    slow += does == Behaviour.Slow ? 1 : 0;
                }
            }

            Zone(new MetricStream(StreamNames.Requests) { Service = zone.Key.Service, Partition = fleet.Partition, Region = fleet.Region, Az = zone.Key.Az }, now, all, serving, seen == 0 ? 0 : (double)failing / seen, seen == 0 ? 0 : (double)slow / seen);
        }
    }

    private void Zone(MetricStream requests, DateTimeOffset now, int all, int serving, double failing, double slow)
    {
        var noise = _chance.Between(0.9, 1.1, "traffic", string.Create(CultureInfo.InvariantCulture, $"{requests.Az}/{now.ToUnixTimeSeconds() / 10}"));
        var count = Math.Round(serving * RequestsASecondAndHost * Round.TotalSeconds * noise);
        if (count > 0)
        {
            sink.Add(requests, count, now);
            sink.Add(requests with { Metric = StreamNames.Errors }, Math.Round(count * (0.0002 + (failing * 0.06))), now);
            var ms = requests with { Metric = StreamNames.RequestMs };
            for (var i = 0; i < Usual.Length; i++)
            {
                // A fifth of a hundred observations each; what slow hosts answer lies among them in their share.
                var late = (int)Math.Round(20 * slow);
                Add(ms, Usual[i] * noise, 20 - late);
                Add(ms, Slow[i] * noise, late);
            }
        }

        var healthy = requests with { Metric = StreamNames.Healthy };
        Add(healthy, 1, serving);
        Add(healthy, 0, all - serving);

        void Add(MetricStream stream, double value, int times)
        {
            if (times > 0)
            {
                sink.Add(stream, value, now, times);
            }
        }
    }
}
