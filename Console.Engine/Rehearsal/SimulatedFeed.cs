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

    /// <summary>Of the requests to a host with such a release.</summary>
    private const double FailingShare = 0.06;
    private const double LostShare = 0.2;

    /// <summary>Of a large AZ so many hosts stand for all.</summary>
    private const int MostHosts = 64;

    private const int RegionsATick = 2;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(10);
    private static readonly double[] Usual = [12, 15, 18, 22, 40];
    private static readonly double[] Slow = [150, 220, 300, 380, 420];

    private readonly Chance _chance = new(options.Seed);
    private Queue<string> _due = new();
    private DateTimeOffset _began = DateTimeOffset.MinValue;
    private int _regions;

    public ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (now >= _began + Round)
        {
            // However slow the ticks are, no region goes without its numbers.
            Count(_due.Count, now);
            _due = new(states.All<RegionFleet>(FleetStreams.Family).Select(fleet => fleet.State).Where(fleet => fleet.Simulated).Select(fleet => fleet.Region).Order(StringComparer.Ordinal));
            (_began, _regions) = (now, _due.Count);
        }

        // A few regions a tick: a large fleet is not counted all at once.
        Count(Math.Max(RegionsATick, (int)(_regions * ((now - _began) / Round)) - (_regions - _due.Count)), now);
        return ValueTask.CompletedTask;
    }

    private void Count(int regions, DateTimeOffset now)
    {
        for (var i = 0; i < regions && _due.TryDequeue(out var region); i++)
        {
            Region(states.Get<RegionFleet>(FleetStreams.Of(region)), now);
        }
    }

    private void Region(RegionFleet fleet, DateTimeOffset now)
    {
        foreach (var zone in fleet.Hosts.Values.Where(host => host.Simulated && !host.Validator && host.Role == HostRole.Web).GroupBy(host => (host.Az, host.Service)))
        {
            var (silent, serving, failing, lost, slow, seen) = (0, 0, 0, 0, 0, 0);
            foreach (var host in zone)
            {
                if (host.State is not (HostState.InService or HostState.ReadOnly))
                {
                    // Who is out of service on purpose is not asked for its health, as a balancer does not ask who was taken out of it.
                    silent += host.State == HostState.InWork ? 0 : 1;
                    continue;
                }

                serving++;
                if (seen < MostHosts)
                {
                    seen++;
                    var does = SimulatedReleases.Of(host.Service, host.Release);
                    failing += does == Behaviour.Errors ? 1 : 0;
                    lost += does == Behaviour.LosesAnswers ? 1 : 0;
                    slow += does == Behaviour.Slow ? 1 : 0;
                }
            }

            Zone(new MetricStream(StreamNames.Requests) { Service = zone.Key.Service, Partition = fleet.Partition, Region = fleet.Region, Az = zone.Key.Az }, now, silent, serving, seen == 0 ? 0 : ((failing * FailingShare) + (lost * LostShare)) / seen, seen == 0 ? 0 : (double)slow / seen);
        }
    }

    private void Zone(MetricStream requests, DateTimeOffset now, int silent, int serving, double failing, double slow)
    {
        var noise = _chance.Between(0.9, 1.1, "traffic", string.Create(CultureInfo.InvariantCulture, $"{requests.Az}/{now.ToUnixTimeSeconds() / 10}"));
        var count = Math.Round(serving * RequestsASecondAndHost * Round.TotalSeconds * noise);
        if (count > 0)
        {
            sink.Add(requests, count, now);
            sink.Add(requests with { Metric = StreamNames.Errors }, Math.Round(count * (0.0002 + failing)), now);
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
        Add(healthy, 0, silent);

        void Add(MetricStream stream, double value, int times)
        {
            if (times > 0)
            {
                sink.Add(stream, value, now, times);
            }
        }
    }
}
