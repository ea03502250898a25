using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Rollouts;
using OpsConsole.Web.Rollouts;

namespace OpsConsole.Tests.Rollouts;

public sealed class GateWindowTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0.02, null, null, 0, 20.0, 0.02)]
    [InlineData(null, 5.0, null, 0, 20.0, 25.0)]
    [InlineData(null, null, 2.0, 0, 20.0, 40.0)]
    [InlineData(null, 5.0, 2.0, 0, 20.0, 25.0)]
    [InlineData(null, null, 2.0, 50, 20.0, 50.0)]
    [InlineData(30.0, null, 2.0, 0, 20.0, 30.0)]
    [InlineData(null, null, 2.0, 0, null, null)]
    public void The_upper_bound_is_the_tightest_of_the_gates_limits(double? max, double? increase, double? ratio, double floor, double? baseline, double? most)
    {
        var gate = new Gate("g", Metrics.LatencyP99) { Max = max, MaxIncrease = increase, MaxRatio = ratio, Floor = floor, MinSamples = 10 };
        var bounds = GateBounds.Of(gate, new(Metrics.LatencyP99, "router", 1, 100) { Baseline = baseline, BaselineSamples = 100 }, []);

        Assert.Equal((baseline, most, null), (bounds.Baseline, bounds.Most, bounds.Least));
    }

    /// <summary>The chart and the judge must never disagree: whatever the limits, a value is bad exactly when it lies outside the drawn bounds.</summary>
    [Fact]
    public void A_value_is_judged_bad_exactly_where_it_lies_outside_the_bounds()
    {
        const int Seed = 20261;
        var random = new Random(Seed);
        for (var i = 0; i < 20_000; i++)
        {
            double? Maybe(double scale) => random.Next(2) == 0 ? null : random.NextDouble() * scale;
            var gate = new Gate("g", Metrics.LatencyP99) { Max = Maybe(100), Min = Maybe(20), MaxIncrease = Maybe(30), MaxRatio = Maybe(2) + 1, Floor = Maybe(30) ?? 0 };
            var reading = new Reading(Metrics.LatencyP99, "router", random.NextDouble() * 120, 100) { Baseline = random.NextDouble() * 60, BaselineSamples = 100 };
            var bounds = GateBounds.Of(gate, reading, []);

            var verdict = GateJudge.Judge(gate, "eu", new(Noon, Noon, [reading]), []).Verdict;

            Assert.True((verdict == Verdict.Bad) == (reading.Value > bounds.Most || reading.Value < bounds.Least), $"seed {Seed}, round {i}: {reading} was {verdict} by {gate}, bounds {bounds}");
        }
    }

    [Fact]
    public void Only_the_last_windows_of_a_gate_are_kept()
    {
        var lines = new GateLines();
        for (var i = 0; i < GateLines.MostWindows + 10; i++)
        {
            lines.Add("r1", "eu", [(new Gate("errors", Metrics.ErrorRate), Window(i))]);
        }

        var line = Assert.Single(lines.Of("r1", "eu"));
        Assert.Equal((GateLines.MostWindows, 10, GateLines.MostWindows + 9), (line.Windows.Length, (int)line.Windows[0].Samples, (int)line.Windows[^1].Samples));
    }

    [Fact]
    public void However_many_rollouts_go_by_the_lines_kept_are_bounded_and_the_longest_silent_goes_first()
    {
        var lines = new GateLines();
        for (var i = 0; i < GateLines.MostLines; i++)
        {
            lines.Add($"r{i}", "eu", [(new Gate("errors", Metrics.ErrorRate), Window(0)), (new Gate("latency", Metrics.LatencyP99), Window(0))]);
            lines.Add("r0", "eu", [(new Gate("errors", Metrics.ErrorRate), Window(i))]);
        }

        Assert.Equal(GateLines.MostLines, lines.Count);
        Assert.NotEmpty(lines.Of("r0", "eu"));
        Assert.Empty(lines.Of("r1", "eu"));
        Assert.NotEmpty(lines.Of($"r{GateLines.MostLines - 1}", "eu"));
    }

    [Fact]
    public void The_chart_marks_what_was_bad_and_what_had_no_data_and_goes_back_before_a_restart()
    {
        var line = new GateLine("errors", Metrics.ErrorRate, [Window(1), Window(2) with { Verdict = Verdict.Bad, Value = 0.5 }, Window(3) with { Verdict = Verdict.Missing, Value = null }]);
        var before = new Evidence(Verdict.Bad, "errors", Metrics.ErrorRate, "eu", "at most 0.02", Noon.AddSeconds(-2), Noon.AddSeconds(-1)) { Value = 0.3, Limit = 0.02 };
        var charted = before with { From = Noon.AddSeconds(1), To = Noon.AddSeconds(2) };

        var windows = GateLinePlot.Windows(line, [charted, before]);
        var traces = GateLinePlot.Traces(windows).ToDictionary(trace => trace.Name);

        Assert.Equal([0.3, 0.001, 0.5, null], traces["seen"].Y);
        Assert.Equal([0.3, 0.5], traces["bad"].Y);
        Assert.Equal([0], traces["no data"].Y);
        Assert.Equal([0.02, 0.02, 0.02, 0.02], traces["at most"].Y);
        Assert.NotEqual(traces["bad"].Symbol, traces["no data"].Symbol);
        Assert.Equal("errors: 4 windows, 2 bad, 1 without data; the last, at 12:00:03, was Missing.", GateLinePlot.Words("errors", windows));
    }

    private static GateWindow Window(int number) => new(Noon.AddSeconds(number - 1), Noon.AddSeconds(number), RunPhase.Baking, "eu-a", Verdict.Ok, 0.001, number, new(0.001, 0.02, null));
}
