using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Alarms.Judge.Analysis;
using OpsConsole.Tests.Scenarios.Regression;

namespace OpsConsole.Tests.Alarms.Judge;

/// <summary>Where our counting is stricter than Argo Rollouts', and what conditions are.</summary>
public sealed class MetricAnalysisTests
{
    private static readonly AnalysisRule Rule = new() { FailureLimit = 2, Interval = TimeSpan.FromMinutes(1) };

    /// <summary>
    /// The rules that depart: an analysis that ended before anything was measured, or of which nothing succeeded, is inconclusive where Argo's is successful
    /// (its issues 4479, 2158, 521), and so is a value with no condition. No data is not good data (law 8).
    /// </summary>
    [Fact]
    public void Nothing_succeeded_is_not_success()
    {
        Assert.Equal((AnalysisPhase.Inconclusive, AnalysisPhase.Successful), Both(AnalysisCounts.None, ending: true));
        Assert.Equal((AnalysisPhase.Inconclusive, AnalysisPhase.Successful), Both(Measured(AnalysisPhase.Failed, AnalysisPhase.Error, AnalysisPhase.Failed), ending: true));
        Assert.Equal((AnalysisPhase.Successful, AnalysisPhase.Successful), Both(Measured(AnalysisPhase.Failed, AnalysisPhase.Successful), ending: true));
        Assert.Equal(AnalysisPhase.Inconclusive, MetricAnalysis.Assess(Rule with { Count = 2 }, Measured(AnalysisPhase.Failed, AnalysisPhase.Failed), ending: false));
        Assert.Equal((AnalysisPhase.Inconclusive, AnalysisPhase.Successful), (Measurement.Judge(1.0, null, null).Phase, Measurement.Judge(1.0, null, null, strict: false).Phase));
    }

    [Fact]
    [Regression("ver-03")]
    public void What_was_ended_early_is_not_finished_however_well_it_looked()
    {
        var ends = AnalysisEnd.Of([("errors", Rule with { FailureLimit = 0 }, Measured(AnalysisPhase.Failed)), ("latency", Rule, Measured(AnalysisPhase.Successful, AnalysisPhase.Successful)), ("done", Rule with { Count = 1 }, Measured(AnalysisPhase.Successful))]);
        Assert.Equal(["Failed", "not finished", "Successful"], ends.Select(end => end.Words));
        Assert.Equal([Verdict.Bad, Verdict.Missing, Verdict.Ok], ends.Select(end => end.Verdict));
    }

    [Fact]
    public void Counts_follow_the_measurements()
    {
        var counts = Measured(AnalysisPhase.Successful, AnalysisPhase.Error, AnalysisPhase.Successful, AnalysisPhase.Successful, AnalysisPhase.Failed, AnalysisPhase.Error, AnalysisPhase.Error);
        Assert.Equal((5, 3, 1, 2, 0), (counts.Count + 1, counts.Successful, counts.Failed, counts.ConsecutiveErrors, counts.ConsecutiveSuccesses));
        Assert.Equal(AnalysisPhase.Error, MetricAnalysis.Assess(Rule with { ErrorLimit = 1 }, counts, ending: false));
    }

    [Fact]
    public void Only_success_is_ok_and_only_failure_is_bad()
    {
        Assert.Equal([Verdict.Ok, Verdict.Missing, Verdict.Missing, Verdict.Missing, Verdict.Error, Verdict.Bad], Enum.GetValues<AnalysisPhase>().Select(phase => phase.Verdict()));
        Assert.Equal(AnalysisPhase.Running, AnalysisPhases.Overall([(AnalysisPhase.Failed, false), (AnalysisPhase.Running, false)]));
        Assert.Equal(AnalysisPhase.Error, AnalysisPhases.Overall([(AnalysisPhase.Failed, true), (AnalysisPhase.Error, false), (AnalysisPhase.Inconclusive, false)]));
    }

    [Theory]
    [InlineData("v >= 0.9 && v < 1.5", true)]
    [InlineData("(v - 1) * 4 == 1 or v > 100", true)]
    [InlineData("!(v > 1) || v % 1 == 0.25", true)]
    [InlineData("not isNaN(v) and not isInf(v)", true)]
    [InlineData("v == nil", false)]
    [InlineData("default(v, 0) == 1.25", true)]
    [InlineData("'a' < 'b' && len('abc') == 3", true)]
    [InlineData("v == nil || v[0] > 1", null)]
    [InlineData("v != nil || v[0] > 1", true)]
    [InlineData("v >", null)]
    [InlineData("v > 'x'", null)]
    [InlineData("exit(1)", null)]
    [InlineData("v; v", null)]
    [InlineData("-v < -1", true)]
    [InlineData("", null)]
    public void A_condition_holds_or_says_why_it_cannot_be_told(string condition, bool? expected)
    {
        var (value, error) = Condition.Evaluate(condition, 1.25);
        Assert.Equal(expected, value);
        Assert.Equal(expected is null, error is not null);
    }

    [Fact]
    public void A_condition_is_bounded()
    {
        Assert.NotNull(Condition.Evaluate(new string('(', 1_000) + "1", null).Error);
        Assert.NotNull(Condition.Evaluate(new string('1', Condition.LongestText + 1), null).Error);
    }

    private static (AnalysisPhase Ours, AnalysisPhase Theirs) Both(AnalysisCounts counts, bool ending) =>
        (MetricAnalysis.Assess(Rule, counts, ending), MetricAnalysis.Assess(Rule with { Strict = false }, counts, ending));

    private static AnalysisCounts Measured(params AnalysisPhase[] phases) => phases.Aggregate(AnalysisCounts.None, (counts, phase) => counts.With(phase));
}
