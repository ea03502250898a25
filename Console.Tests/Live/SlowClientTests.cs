using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Live;
using OpsConsole.Tests.Browser;
using OpsConsole.Tests.World;
using OpsConsole.Web.Live;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Live;

/// <summary>A client on a real socket that stops reading, beside one that reads on.</summary>
[Trait("Category", "Integration")]
public sealed class SlowClientTests(ITestOutputHelper output)
{
    private const string Region = "eu-west-1";
    private const int PerAz = 1_000;
    private const int Rounds = 30;

    [Fact]
    public async Task A_client_that_stops_reading_is_cut_back_to_a_snapshot_and_holds_up_nobody()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var console = await SeededConsole.StartAsync(PerAz);
        var meter = console.App.Services.GetRequiredService<LiveMeter>();
        await using var quick = await StalledSocket.ConnectAsync(console.Url, console.AdminToken, patience.Token);
        await using var stalled = await StalledSocket.ConnectAsync(console.Url, console.AdminToken, patience.Token);
        var first = await SubscribedAsync(stalled, patience.Token);
        var seen = await SubscribedAsync(quick, patience.Token);

        // From here on nobody reads for the stalled one. The quick one must get every delta, without a gap and without a snapshot, round by round.
        var slowest = TimeSpan.Zero;
        for (var round = 1; round <= Rounds; round++)
        {
            await MoveAllAsync(console, round);
            await Task.WhenAll(quick.PingAsync(patience.Token), stalled.PingAsync(patience.Token));
            var committed = Stopwatch.GetTimestamp();
            for (var moved = 0; moved < 3 * PerAz;)
            {
                var (method, delta) = await quick.NextMessageAsync(patience.Token);
                Assert.Equal(("Delta", seen + 1), (method, delta.GetProperty("sequence").GetInt64()));
                seen++;
                moved += delta.GetProperty("changed").GetArrayLength();
            }

            var took = Stopwatch.GetElapsedTime(committed);
            slowest = took > slowest ? took : slowest;
        }

        var kept = console.App.Services.GetRequiredService<TopicBook>().Logs.Single(log => log.Topic == $"hosts/{Region}").Kept;
        Assert.Equal(0, meter.Resyncs);
        Assert.True(kept <= TopicLog.MostItems + (3 * PerAz), $"{kept} items kept");

        // It reads again: what the buffers held, then one snapshot in the place of all that was missed, then what is new.
        var before = stalled.Read;
        var (resynced, deltas, last, rack) = (0L, 0, first, "");
        while (last < seen)
        {
            var (method, message) = await stalled.NextMessageAsync(patience.Token);
            var sequence = message.GetProperty("sequence").GetInt64();
            if (method == "Snapshot")
            {
                resynced = sequence - last;
                rack = message.GetProperty("items")[0].GetProperty("value").GetProperty("rack").GetString()!;
            }
            else
            {
                Assert.Equal(last + 1, sequence);
                deltas++;
                rack = message.GetProperty("changed")[0].GetProperty("value").GetProperty("rack").GetString()!;
            }

            last = sequence;
        }

        var held = stalled.Read - before;
        output.WriteLine($"{Rounds} rounds of {3 * PerAz} hosts; the quick client read {quick.Read / 1_000_000.0:0.0} MB, its slowest round {slowest.TotalMilliseconds:0} ms after the commit; the stalled one then read {held / 1_000_000.0:0.0} MB: {deltas} deltas and a snapshot in the place of {resynced}");
        Assert.True(resynced > 1, $"it was not cut back: {deltas} deltas of {seen - first} were kept for it");
        Assert.Equal((1, $"k{Rounds}"), ((int)meter.Resyncs, rack));
        Assert.True(held < quick.Read * 0.6, $"{held} bytes were held for a client that did not read, of {quick.Read}");
        await console.DisposeAsync();
    }

    private static async Task<long> SubscribedAsync(StalledSocket client, CancellationToken cancel)
    {
        await client.SubscribeAsync($"hosts/{Region}", cancel);
        var (method, snapshot) = await client.NextMessageAsync(cancel);
        Assert.Equal(("Snapshot", 3 * PerAz), (method, snapshot.GetProperty("items").GetArrayLength()));
        return snapshot.GetProperty("sequence").GetInt64();
    }

    /// <summary>One event that changes every host of the region.</summary>
    private static async Task MoveAllAsync(RunningConsole console, int round)
    {
        var hosts = SmallFleet.HostsOf("commercial", Region, PerAz).Select(host => host with { Rack = $"k{round}" });
        var placed = await console.Commands.SendAsync(new(new PlaceHosts(Region, "commercial", [.. hosts], []), SmallFleet.Root, "racks renamed"));
        Assert.Null(placed.Rejection);
    }
}
