using OpsConsole.Engine.ProvingGround.Measures.Load;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.ProvingGround.Measures;

public sealed class LoadRunTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void A_ratio_is_the_median_of_the_rounds_ratios_so_that_one_bad_moment_counts_once()
    {
        var run = new LoadRun(_clock);
        foreach (var (one, other) in new[] { (50, 100), (1, 100), (40, 80) })
        {
            run.Keep("one", Result(one));
            run.Keep("other", Result(other));
        }

        Assert.Equal(0.5, run.Ratio("one", "other"));
        Assert.Equal(40, run.PerSecond("one"));
    }

    [Fact]
    public void Times_are_of_all_requests_of_all_rounds()
    {
        var run = new LoadRun(_clock);
        run.Keep("get", new LoadResult(1_000_000, TimeSpan.FromSeconds(1), [.. Enumerable.Range(1, 99).Select(Milliseconds)]));
        run.Keep("get", new LoadResult(1_000_000, TimeSpan.FromSeconds(1), [.. Enumerable.Range(100, 101).Select(Milliseconds)]));
        var figures = run.Figures().ToDictionary(figure => figure.Name, figure => figure.Value);

        Assert.Equal(100, figures["get_p50_ms"], 1.0);
        Assert.Equal(198, figures["get_p99_ms"], 1.0);
        Assert.Equal(101, figures["get_mb_s"], 2.0);
    }

    [Fact]
    public async Task A_phase_ends_when_no_worker_has_anything_more_to_ask()
    {
        var run = new LoadRun(_clock);
        var left = 10;
        await run.RunAsync(new LoadPhase("few", 1, 4, (_, _, _) => Task.FromResult(Interlocked.Decrement(ref left) >= 0)), TimeSpan.FromSeconds(1), CancellationToken.None);

        Assert.Equal(-4, left);
    }

    private static LoadResult Result(int requests) => new(1, TimeSpan.FromSeconds(1), new long[requests]);

    private long Milliseconds(int number) => number * _clock.TimestampFrequency / 1_000;
}
