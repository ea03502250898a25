using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rehearsal;
using OpsConsole.Engine.Canaries;
using OpsConsole.Engine.Canaries.Results;
using OpsConsole.Engine.Canaries.Running;
using OpsConsole.Engine.Canaries.Targets;
using OpsConsole.Engine.Live;
using OpsConsole.Engine.ProvingGround.Measures.Load;

namespace OpsConsole.Web.Bench;

/// <summary>
/// <c>bench canaries</c>: 20 canaries in 39 regions from 3 vantage points, each once a minute, over real HTTP against a plain Kestrel in another process. What the
/// targets use is not counted; what the runner uses is all this process uses meanwhile.
/// </summary>
internal static class CanariesBench
{
    private static readonly Option<int> Count = new("--canaries") { Description = "In each region, from each vantage point.", DefaultValueFactory = _ => 20 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "How long is measured, after a minute in which connections are made.", DefaultValueFactory = _ => 60 };

    public static Command Create() =>
        BenchVerb.Bench("canaries", "Canaries in every region from every vantage point, once a minute.", [Count, Seconds], (parsed, cancel) =>
            RunAsync(Math.Clamp(parsed.GetValue(Count), 1, 100), Math.Clamp(parsed.GetValue(Seconds), 10, 3_600), cancel));

    private static async Task<BenchReport> RunAsync(int canaries, int seconds, CancellationToken cancel)
    {
        var clock = TimeProvider.System;
        using var echo = await EchoProcess.StartAsync(Path.Combine(AppContext.BaseDirectory, "Console.Web.dll"), port => ["bench", "echo", "--port", port.ToString(CultureInfo.InvariantCulture)], Path.GetTempPath(), clock, cancel).ConfigureAwait(false);
        using var world = new World(echo.Address);
        var results = new CanaryResults(sink: null);
        var (ended, late, took, failed, broken) = (0L, new LatencyHistogram(), new LatencyHistogram(), 0L, 0L);
        results.Ended = result =>
        {
            Interlocked.Increment(ref ended);
            late.Add(result.Late);
            took.Add(result.FromIntended);
            Interlocked.Add(ref failed, result.State.IsServed() ? 0 : 1);
            Interlocked.Add(ref broken, result.State.IsOfTarget() ? 0 : 1);
        };
        using var supervisor = new CanarySupervisor(new Definitions(canaries), [world], [new HttpSteps()], results, new TopicBook([], clock), clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<CanarySupervisor>.Instance);
        await supervisor.StartAsync(cancel).ConfigureAwait(false);
        await Task.Delay(TimeSpan.FromMinutes(1), clock, cancel).ConfigureAwait(false);
        (ended, failed, broken) = (0, 0, 0);
        (late, took) = (new LatencyHistogram(), new LatencyHistogram());
        using var self = Process.GetCurrentProcess();
        var (cpu, began) = (self.TotalProcessorTime, clock.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(seconds), clock, cancel).ConfigureAwait(false);
        self.Refresh();
        var (used, time) = (self.TotalProcessorTime - cpu, clock.GetElapsedTime(began));
        var figures = new Dictionary<string, double>
        {
            ["probes_per_minute"] = Math.Round(Interlocked.Read(ref ended) / time.TotalMinutes, 1),
            ["cpu_cores"] = Math.Round(used / time, 4),
            ["late_p50_ms"] = late.Percentile(0.5),
            ["late_p99_ms"] = late.Percentile(0.99),
            ["answer_p99_ms"] = took.Percentile(0.99),
            ["failed"] = failed,
            ["canary_broke"] = broken,
            ["places"] = supervisor.Posts,
            ["memory_mb"] = Math.Round(self.WorkingSet64 / 1048576.0, 1),
        };
        await supervisor.StopAsync(cancel).ConfigureAwait(false);
        return new("canaries", figures);
    }

    /// <summary>39 regions, 3 vantage points each, all at one address on loopback.</summary>
    private sealed class World(Uri address) : ICanaryTargets, IDisposable
    {
        private readonly HttpMessageInvoker _way = new(PlainHttp.Handler());
        private readonly CanaryTarget[] _targets = [.. from region in RehearsalRegions.All from vantage in Enum.GetValues<Vantage>() select new CanaryTarget("web", region.Partition, region.Name, vantage, address)];

        public IEnumerable<CanaryTarget> Now() => _targets;

        public HttpMessageInvoker WayTo(CanaryTarget target) => _way;

        public void Dispose() => _way.Dispose();
    }

    private sealed class Definitions(int canaries) : IStates
    {
        private readonly CanaryBook _book = Enumerable.Range(1, canaries).Aggregate(CanaryBook.Empty, (book, number) => new CanaryDecider().Apply(book, new CanaryPut(One(number), "bench"), default));

        public TState Get<TState>(StreamId stream)
            where TState : class => (TState)(object)_book;

        public long VersionOf(StreamId stream) => 1;

        public IReadOnlyList<StreamState<TState>> All<TState>(string family)
            where TState : class => [];

        private static Canary One(int number) =>
            new($"bench-{number}", "web", new CanarySchedule(TimeSpan.FromMinutes(1), Seed: number))
            {
                Steps = [new HttpStep("ask", "GET", "/echo/1024") { Expect = new StepExpectation { Status = [200] } }],
            };
    }
}
