using System.Text.Json;
using OpsConsole.Engine.ProvingGround.Customers;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.ProvingGround.Customers;

/// <summary>Over a manual clock, away from the test runner's own context: timers then run what waits for them before <see cref="ManualClock.Advance"/> returns.</summary>
public sealed class OpenLoopTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    public static TheoryData<string> Stalls => [.. Fixture.Read("testing_coordinated_omission.json").GetProperty("own_closed_form").EnumerateArray().Select(row => row.GetRawText())];

    [Theory]
    [MemberData(nameof(Stalls))]
    [Trait("Category", "Conformance")]
    public Task A_server_that_stands_still_slows_no_arrivals_and_every_one_of_them_waits_from_when_it_was_due(string row) => Task.Run(() => StallAsync(row));

    private static async Task StallAsync(string row)
    {
        var stall = JsonDocument.Parse(row).RootElement;
        var (rate, seconds) = (stall.GetProperty("rate_rps").GetDouble(), stall.GetProperty("duration_s").GetDouble());
        var (from, to) = (stall.GetProperty("stall_start_s").GetDouble(), stall.GetProperty("stall_start_s").GetDouble() + stall.GetProperty("stall_s").GetDouble());
        var wanted = stall.GetProperty("open_loop_intended_start");
        var clock = new ManualClock();
        var began = clock.GetTimestamp();
        var (open, waited, inStall) = (new Queue<long>(), new List<double>(), 0);
        using var stop = new CancellationTokenSource();
        var running = new OpenLoop(clock).RunAsync(() => TimeSpan.FromSeconds(1 / rate), due => open.Enqueue(due), stop.Token);
        for (var at = 0.0; at < seconds + 0.5; at = clock.GetElapsedTime(began).TotalSeconds)
        {
            clock.Advance(Step);
            var now = clock.GetElapsedTime(began).TotalSeconds;
            inStall = now is var t && t > from && t < to ? Math.Max(inStall, open.Count) : inStall;
            while (open.Count > 0 && (now < from || now >= to))
            {
                waited.Add(clock.GetElapsedTime(open.Dequeue()).TotalMilliseconds);
            }
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.InRange(inStall, wanted.GetProperty("requests_due_in_stall").GetInt32() - 1, wanted.GetProperty("requests_due_in_stall").GetInt32() + 1);
        Assert.InRange(waited.Count(ms => ms > 500), wanted.GetProperty("samples_over_500ms").GetInt32() - 1, wanted.GetProperty("samples_over_500ms").GetInt32() + 1);
        Assert.True(waited.Order().ElementAt((int)(waited.Count * 0.99)) >= wanted.GetProperty("p99_ms_at_least").GetDouble() - 10);
    }

    [Fact]
    public Task A_sender_that_stood_still_itself_sends_what_was_due_at_once_with_the_times_it_was_due() => Task.Run(() =>
    {
        var clock = new ManualClock();
        var began = clock.GetTimestamp();
        var due = new List<double>();
        using var stop = new CancellationTokenSource();
        _ = new OpenLoop(clock).RunAsync(
            () => TimeSpan.FromMilliseconds(100),
            at =>
            {
                due.Add(clock.GetElapsedTime(began, at).TotalMilliseconds);
                if (due.Count == 1)
                {
                    clock.Advance(TimeSpan.FromSeconds(1));
                }
            },
            stop.Token);
        clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(Enumerable.Range(1, 11).Select(n => n * 100.0), due);
        stop.Cancel();
    });

    [Fact]
    public void Times_are_told_of_the_last_minute_from_due_and_from_sent()
    {
        var clock = new ManualClock();
        var times = new CustomerTimes(clock);
        for (var i = 0; i < 100; i++)
        {
            var due = clock.GetTimestamp();
            clock.Advance(TimeSpan.FromMilliseconds(90));
            var sent = clock.GetTimestamp();
            clock.Advance(TimeSpan.FromMilliseconds(10));
            times.Count(due, sent, bytes: 1_000);
        }

        var lately = times.Lately();
        Assert.InRange(lately.P99Ms!.Value, 100, 110);
        Assert.InRange(lately.P99FromSentMs!.Value, 10, 11);
        Assert.Equal((10, 10_000), (Math.Round(lately.AnsweredPerSecond), Math.Round(lately.BytesPerSecond)));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(times.Lately().P99Ms);
    }
}
