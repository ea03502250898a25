using System.CommandLine;
using System.Diagnostics;
using OpsConsole.Engine.Live;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Bench;

/// <summary>
/// <c>bench live</c>: hub clients on real sockets follow a region while its hosts move on through the command path and the journal on disk.
/// The time of an event runs from its commit to the client's having it.
/// </summary>
internal static class LiveBench
{
    private static readonly Option<int> Clients = new("--clients") { Description = "Hub clients at the same time.", DefaultValueFactory = _ => 100 };
    private static readonly Option<int> Rate = new("--rate") { Description = "Events a second.", DefaultValueFactory = _ => 1_000 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "How long.", DefaultValueFactory = _ => 10 };
    private static readonly Option<DirectoryInfo> Folder = new("--folder") { Description = "Where the journal is written.", DefaultValueFactory = _ => new DirectoryInfo(Path.GetTempPath()) };

    public static Command Create() =>
        BenchVerb.Bench("live", "From an event's commit to a hub client.", [Clients, Rate, Seconds, Folder], async (parsed, cancel) =>
        {
            var folder = Path.Combine(parsed.GetValue(Folder)!.FullName, $"opsconsole-bench-{Environment.ProcessId}");
            Directory.CreateDirectory(folder);
            try
            {
                return await RunAsync(folder, Math.Clamp(parsed.GetValue(Clients), 1, 1_000), Math.Clamp(parsed.GetValue(Rate), 10, 10_000), Math.Clamp(parsed.GetValue(Seconds), 1, 600), cancel);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });

    /// <summary>Waits until all is there, or nothing more came for two seconds.</summary>
    private static async Task ArrivedAsync(LatencyHistogram latencies, long expected, CancellationToken cancel)
    {
        for (var (before, now) = (-1L, latencies.Count); now < expected && now != before; (before, now) = (now, latencies.Count))
        {
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, cancel);
        }
    }

    private static async Task<BenchReport> RunAsync(string folder, int clients, int rate, int seconds, CancellationToken cancel)
    {
        var load = new LiveLoad(rate, seconds);
        await using var server = await LiveServer.StartAsync(folder, load, cancel);
        await load.PlaceAsync(server.Commands, cancel);
        var latencies = new LatencyHistogram();
        var all = Enumerable.Range(0, clients).Select(_ => new LiveListener(server.HubUri, load, latencies)).ToArray();
        try
        {
            var joining = Stopwatch.GetTimestamp();
            await Task.WhenAll(all.Select(client => client.StartAsync(LiveLoad.Topic, cancel)));
            var joined = Stopwatch.GetElapsedTime(joining);
            await load.RunAsync(server.Commands, TimeProvider.System, cancel);
            await ArrivedAsync(latencies, load.Sent * (long)clients, cancel);
            var meter = server.Services.GetRequiredService<LiveMeter>();
            return new("live", new Dictionary<string, double>
            {
                ["p50_ms"] = latencies.Percentile(0.5),
                ["p99_ms"] = latencies.Percentile(0.99),
                ["max_ms"] = latencies.Percentile(1),
                ["dropped"] = meter.Dropped,
                ["resyncs"] = meter.Resyncs,
                ["clients"] = clients,
                ["events_per_s"] = Math.Round(load.Sent / load.Took.TotalSeconds),
                ["events"] = load.Sent,
                ["received"] = latencies.Count,
                ["expected"] = load.Sent * (double)clients,
                ["all_joined_ms"] = Math.Round(joined.TotalMilliseconds),
                ["messages"] = meter.Messages,
                ["gather_ms"] = TopicPump.Gather.TotalMilliseconds,
            });
        }
        finally
        {
            foreach (var client in all)
            {
                await client.DisposeAsync();
            }
        }
    }
}
