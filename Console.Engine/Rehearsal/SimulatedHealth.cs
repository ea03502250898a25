using System.Collections.Immutable;
using System.Globalization;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Alarms.Judge;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rehearsal;
using OpsConsole.Engine.Rollouts;

namespace OpsConsole.Engine.Rehearsal;

/// <summary>What customers of the simulated fleet would see: ordinary figures with noise, and the traces of what the releases on the asked hosts do.</summary>
public sealed class SimulatedHealth(SimulationOptions options, SimulatedDriver driver) : IHealthSource
{
    private const double RequestsASecondAndHost = 50;
    private const int TestsInAll = 110;
    private const string Source = "simulated";
    private readonly Chance _chance = new(options.Seed);

    public HostDriver Kind => HostDriver.Simulated;

    public ValueTask<ImmutableArray<Reading>> ReadAsync(HealthQuery query, CancellationToken cancel)
    {
        var candidates = Look(query, query.CandidateHosts);
        var baseline = Look(query, query.BaselineHosts);
        return ValueTask.FromResult<ImmutableArray<Reading>>(
        [
            Read(Metrics.ErrorRate, 0.0002, 0.06, Behaviour.Errors, share: true),
            Read(Metrics.LatencyP99, 40, 420, Behaviour.Slow, share: false),
            Read(Metrics.Availability, 1, 1, Behaviour.Good, share: false),
            Read(Metrics.ProbeSuccess, 1, 0.94, Behaviour.Errors, share: true),
            Read(Metrics.ProbeLatencyP99, 45, 450, Behaviour.Slow, share: false),
            Tests(),
        ]);

        // Behaviour tests are run against a host as often as a window is read.
        Reading Tests()
        {
            var wrong = candidates.Hosts.Any(host => host.Does == Behaviour.WrongAnswers);
            return new(Metrics.TestsFailed, Source, candidates.Samples == 0 ? null : wrong ? 3 : 0, candidates.Samples == 0 ? 0 : TestsInAll)
            {
                Host = candidates.Worst(Behaviour.WrongAnswers),
                Detail = wrong ? "simulated: 3 behaviour tests failed, the first 'A condition that does not hold answers 412' at 'Then the status is 412': 200" : "simulated",
            };
        }

        // A rate is diluted by healthy hosts; a 99th percentile shows the worst as soon as more than 1 % of requests meet it.
        Reading Read(string metric, double normal, double faulty, Behaviour fault, bool share)
        {
            return new Reading(metric, Source, Value(candidates, "candidate"), candidates.Samples)
            {
                Baseline = Value(baseline, "baseline"),
                BaselineSamples = baseline.Samples,
                Host = candidates.Worst(fault),
                Detail = "simulated",
                Series = Series(candidates),
                BaselineSeries = Series(baseline),
            };

            // Host by host and slice by slice: what the statistics of a canary gate compare.
            ImmutableArray<double> Series(Seen seen)
            {
                if (!query.Series)
                {
                    return [];
                }

                var slices = SeriesSlices.Of(query.From.ToUnixTimeSeconds(), query.To.ToUnixTimeSeconds());
                return
                [
                    .. from host in seen.Hosts.Take(SeriesSlices.MostHosts)
                       from slice in Enumerable.Range(0, slices.Count)
                       let noise = normal == 1 ? 1 : _chance.Between(0.85, 1.15, metric, string.Create(CultureInfo.InvariantCulture, $"{host.Host}/{slices.Start(slice)}"))
                       select Math.Min((host.Does == fault && fault != Behaviour.Good ? faulty : normal) * noise, normal == 1 ? 1 : double.MaxValue),
                ];
            }

            double? Value(Seen seen, string side)
            {
                if (seen.Samples == 0)
                {
                    return null;
                }

                var part = seen.Share(fault);
                var value = share ? normal + (part * (faulty - normal)) : part > 0.01 ? faulty : normal;
                var noise = normal == 1 && value == 1 ? 1 : _chance.Between(0.95, 1.05, metric, string.Create(CultureInfo.InvariantCulture, $"{query.Region}/{side}/{query.To.ToUnixTimeSeconds() / 10}"));
                return normal == 1 ? Math.Min(1, value * noise) : value * noise;
            }
        }
    }

    private Seen Look(HealthQuery query, ImmutableArray<Host> hosts)
    {
        var seen = new List<(string Host, Behaviour Does)>(hosts.Length);
        var (known, does) = (default((string Service, string? Release)), Behaviour.Good);
        var releases = driver.ReleasesOf(query.Region, hosts);
        for (var i = 0; i < hosts.Length; i++)
        {
            var host = hosts[i];
            if (host.Simulated && host.State is HostState.InService or HostState.ReadOnly)
            {
                // Hosts of one kind mostly run one release: what it does need not be looked up a hundred thousand times.
                var runs = (host.Service, releases[i] ?? host.Release);
                (known, does) = runs == known ? (known, does) : (runs, SimulatedReleases.Of(host.Service, runs.Item2));
                seen.Add((host.Id, does));
            }
        }

        return new(seen, (long)(Math.Max(0, (query.To - query.From).TotalSeconds) * RequestsASecondAndHost * seen.Count));
    }

    private sealed record Seen(List<(string Host, Behaviour Does)> Hosts, long Samples)
    {
        public double Share(Behaviour fault) => fault == Behaviour.Good || Hosts.Count == 0 ? 0 : (double)Hosts.Count(host => host.Does == fault) / Hosts.Count;

        public string? Worst(Behaviour fault) => fault == Behaviour.Good ? null : Hosts.FirstOrDefault(host => host.Does == fault).Host;
    }
}
