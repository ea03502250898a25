using System.CommandLine;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Maintenance;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Rules.Bands;
using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Engine.Alarms.Watch;

namespace OpsConsole.Web.Bench;

/// <summary>
/// <c>bench alarms</c>: a hundred thousand alarms over ten thousand streams, evaluated all at once on one core as the tick does it, in a store that was filled by
/// the same calls that feeds make. Each tenth alarm is a ratio of two streams, each tenth a percentile, each hundredth is in the wrong state and must be found.
/// With <c>--bands</c> as many of the others as are named have a band in the place of a threshold, learned from three hours of minutes: those streams are filled so far back.
/// </summary>
internal static class AlarmsBench
{
    private static readonly Option<int> Alarms = new("--alarms") { Description = "How many.", DefaultValueFactory = _ => 100_000 };
    private static readonly Option<int> Streams = new("--streams") { Description = "Over how many streams.", DefaultValueFactory = _ => 10_000 };

    private static readonly Option<int> Bands = new("--bands") { Description = "How many of them have a band in the place of a threshold.", DefaultValueFactory = _ => 0 };

    /// <summary>The streams that bands look at: enough for none to be looked at twice in a row.</summary>
    private const int MostBandStreams = 1_000;

    private static readonly MaintenanceBook Calm = new();

    public static Command Create() =>
        BenchVerb.Bench("alarms", "Evaluates 100,000 alarms at once.", [Alarms, Streams, Bands], (parsed, cancel) =>
        {
            var alarms = Math.Clamp(parsed.GetValue(Alarms), 100, 1_000_000);
            return Task.FromResult(Run(alarms, Math.Clamp(parsed.GetValue(Streams), 10, 40_000), Math.Clamp(parsed.GetValue(Bands), 0, alarms), cancel));
        });

    private static BenchReport Run(int alarms, int streams, int bands, CancellationToken cancel)
    {
        var clock = new SteppedClock();
        var store = new MetricStore(clock, new MetricStoreOptions { MostBytes = 2L * 1024 * 1024 * 1024 });
        clock.Advance(TimeSpan.FromHours(4));
        var end = new DateTimeOffset(clock.GetUtcNow().Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
        var began = TimeProvider.System.GetTimestamp();
        var added = Fill(store, streams, end, cancel) + (bands == 0 ? 0 : FillPast(store, Math.Min(streams, MostBandStreams), end, cancel));
        var filling = TimeProvider.System.GetElapsedTime(began).TotalSeconds;

        WatchedAlarm[] watched = [.. Enumerable.Range(0, alarms).Select(i => i < bands ? Band(i, i % Math.Min(streams, MostBandStreams)) : Alarm(i, i % streams))];
        var evaluator = new AlarmEvaluator(store);
        Evaluate(evaluator, watched, end, cancel); // The first time finds the streams; that is done once for each alarm.
        var times = new List<double>();
        var (allocated, found) = (0L, 0);
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            began = TimeProvider.System.GetTimestamp();
            found = Evaluate(evaluator, watched, end, cancel);
            times.Add(TimeProvider.System.GetElapsedTime(began).TotalSeconds);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return new("alarms", new Dictionary<string, double>
        {
            ["alarms"] = alarms,
            ["streams"] = streams,
            ["bands"] = bands,
            ["evaluate_s"] = Math.Round(times.Order().ElementAt(times.Count / 2), 4),
            ["evaluate_worst_s"] = Math.Round(times.Max(), 4),
            ["allocated_mb"] = Math.Round(allocated / 1024.0 / 1024, 3),
            ["changes_found"] = found,
            ["store_mb"] = Math.Round(store.Figures.Bytes / 1024.0 / 1024, 1),
            ["added_per_s"] = Math.Round(added / filling),
        });
    }

    private static long Fill(MetricStore store, int streams, DateTimeOffset end, CancellationToken cancel)
    {
        var added = 0L;
        for (var i = 0; i < streams; i++)
        {
            cancel.ThrowIfCancellationRequested();
            for (var second = 600; second > 0; second -= 10)
            {
                var at = end.AddSeconds(-second);
                store.Add(Stream("requests", i), 10, at);
                store.Add(Stream("request-ms", i), 20 + (second % 30), at, 10);
                added += 2;
            }
        }

        return added;
    }

    /// <summary>The hours before, once a minute, with some noise: what bands are learned from.</summary>
    private static long FillPast(MetricStore store, int streams, DateTimeOffset end, CancellationToken cancel)
    {
        var added = 0L;
        for (var i = 0; i < streams; i++)
        {
            cancel.ThrowIfCancellationRequested();
            for (var minute = 180; minute > 10; minute--, added++)
            {
                store.Add(Stream("requests", i), 60 + ((minute * 7 * (i + 3)) % 11), end.AddMinutes(-minute).AddSeconds(5));
            }
        }

        return added;
    }

    private static WatchedAlarm Band(int number, int stream) =>
        new("bench", new Alarm(new AlarmDefinition($"a{number}", Scope.Global)
        {
            Rule = new MetricRule([new("m", StreamSelector.Of(Stream("requests", stream)), Statistic.Sum)], Comparison.GreaterThan, 0) { Band = new AnomalyBand(6) { LeastSpread = 2 }, Bad = 2, Of = 3 },
        }, 1) { State = number % 100 == 99 ? AlarmState.Alarm : AlarmState.Ok });

    private static MetricStream Stream(string metric, int i) => new(metric) { Service = "web", Region = $"r{i % 39}", Az = $"az{i % 117}", Host = $"h{i}" };

    private static WatchedAlarm Alarm(int number, int stream)
    {
        var (requests, ms) = (StreamSelector.Of(Stream("requests", stream)), StreamSelector.Of(Stream("request-ms", stream)));
        var rule = (number % 10) switch
        {
            0 => new MetricRule([new("a", requests, Statistic.Sum), new("b", requests, Statistic.Samples)], Comparison.GreaterThan, 100) { Expression = "a / b", Bad = 2, Of = 3 },
            1 => new MetricRule([new("m", ms, Statistic.Percentile(99))], Comparison.GreaterThan, 250) { Bad = 2, Of = 3, MinSamples = 20 },
            _ => new MetricRule([new("m", requests, Statistic.Sum)], Comparison.LessThan, 1) { Bad = 2, Of = 3, Missing = MissingTreatment.Breaching },
        };
        return new("bench", new Alarm(new AlarmDefinition($"a{number}", Scope.Global) { Rule = rule }, 1) { State = number % 100 == 99 ? AlarmState.Alarm : AlarmState.Ok });
    }

    private static int Evaluate(AlarmEvaluator evaluator, WatchedAlarm[] alarms, DateTimeOffset end, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var found = 0;
        foreach (var alarm in alarms)
        {
            found += evaluator.Evaluate(alarm, alarm.Alarm, Calm, end) is null ? 0 : 1;
        }

        return found;
    }
}
