using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;

namespace OpsConsole.Tests.Rollouts;

public sealed class GateJudgeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0.01, 100, Verdict.Ok)]
    [InlineData(0.02, 100, Verdict.Ok)]
    [InlineData(0.021, 100, Verdict.Bad)]
    [InlineData(0.5, 9, Verdict.Missing)]
    [InlineData(0.0, 0, Verdict.Missing)]
    [InlineData(double.NaN, 100, Verdict.Missing)]
    [InlineData(double.NegativeInfinity, 100, Verdict.Missing)]
    public void Judges_a_value_by_its_limit_and_never_takes_no_data_for_good(double value, long samples, Verdict expected)
    {
        Assert.Equal(expected, Judge(new("errors", Metrics.ErrorRate) { Max = 0.02, MinSamples = 10 }, new(Metrics.ErrorRate, "router", value, samples)).Verdict);
    }

    [Fact]
    public void A_metric_nobody_read_is_missing_and_a_failed_source_is_an_error()
    {
        var gate = new Gate("errors", Metrics.ErrorRate) { Max = 0.02 };
        Assert.Equal(Verdict.Missing, GateJudge.Judge(gate, "eu", new(Noon, Noon, []), []).Verdict);
        Assert.Equal(Verdict.Error, Judge(gate, new(Metrics.ErrorRate, "router", 0, 100) { Failure = "refused" }).Verdict);
    }

    [Theory]
    [InlineData(30, 20.0, Verdict.Ok)]
    [InlineData(41, 20.0, Verdict.Bad)]
    [InlineData(9, 1.0, Verdict.Ok)]
    [InlineData(41, null, Verdict.Missing)]
    public void Compares_with_the_baseline_above_the_floor_and_is_missing_without_one(double value, double? baseline, Verdict expected)
    {
        var gate = new Gate("latency", Metrics.LatencyP99) { MaxRatio = 2, Floor = 10 };
        Assert.Equal(expected, Judge(gate, new(Metrics.LatencyP99, "router", value, 100) { Baseline = baseline, BaselineSamples = baseline is null ? 0 : 100 }).Verdict);
    }

    [Fact]
    public void Falls_back_on_what_was_read_before_the_first_host()
    {
        var gate = new Gate("latency", Metrics.LatencyP99) { MaxRatio = 2 };
        ImmutableArray<Reading> start = [new(Metrics.LatencyP99, "router", 20, 100)];
        var verdict = GateJudge.Judge(gate, "eu", new(Noon, Noon, [new(Metrics.LatencyP99, "router", 50, 100) { Host = "h1", Detail = "GET /a took 50 ms" }]), start);
        Assert.Equal(Verdict.Bad, verdict.Verdict);
        Assert.Equal("latency: p99-ms in eu was 50, at most 2 times the baseline, over 100 samples, baseline 20, mostly h1 (12:00:00 to 12:00:00 UTC): GET /a took 50 ms", verdict.Evidence!.Sentence);
    }

    private static GateVerdict Judge(Gate gate, Reading reading) => GateJudge.Judge(gate, "eu", new(Noon, Noon, [reading]), []);
}
