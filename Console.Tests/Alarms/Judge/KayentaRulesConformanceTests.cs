using System.Text.Json;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Alarms.Judge;
using OpsConsole.Domain.Alarms.Judge.Kayenta;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Alarms.Judge;

/// <summary>Kayenta's defaults and what it makes of missing data; and our departure.</summary>
[Trait("Category", "Conformance")]
public sealed class KayentaRulesConformanceTests
{
    private static readonly JsonElement File = Fixture.Read("kayenta_judge_rules.json");
    private static readonly double[] Data = [1, 2, 3, 4, 5, 6, 7, 8];

    public static TheoryData<string> Missing => JudgeRows.All(File.GetProperty("missing_data"));

    [Fact]
    public void The_defaults_are_those_of_NetflixACAJudge()
    {
        var expected = File.GetProperty("defaults");
        var metric = new KayentaMetric();
        Assert.Equal(JudgeRows.Direction(expected), metric.Direction);
        Assert.Equal(JudgeRows.Nan(expected), metric.Nan);
        Assert.Equal(JudgeRows.Word(expected, "outlier_strategy") == "remove", metric.RemoveOutliers);
        Assert.Equal(expected.GetProperty("outlier_factor").GetDouble(), metric.OutlierFactor);
        Assert.Equal((JudgeRows.Flag(expected, "critical"), JudgeRows.Flag(expected, "must_have_data")), (metric.Critical, metric.MustHaveData));
        Assert.Equal(JudgeRows.Word(expected, "effect_size_measure"), metric.Effect.ToString(), ignoreCase: true);
        Assert.Equal(expected.GetProperty("classifier_tolerance").GetDouble(), metric.Tolerance);
        Assert.Equal(expected.GetProperty("confidence").GetDouble(), metric.Confidence);
        foreach (var (effect, name) in new[] { (KayentaEffect.MeanRatio, "meanRatio"), (KayentaEffect.Cles, "cles") })
        {
            Assert.Equal(expected.GetProperty($"allowed_increase_{name}").GetDouble(), (metric with { Effect = effect }).NoEffect);
            Assert.Equal(expected.GetProperty($"allowed_decrease_{name}").GetDouble(), (metric with { Effect = effect }).NoEffect);
        }
    }

    [Theory]
    [MemberData(nameof(Missing))]
    public void Missing_data_is_labelled_as_there(string text)
    {
        var row = JudgeRows.Row(text);
        var metric = new KayentaMetric { Nan = JudgeRows.Nan(row), Critical = JudgeRows.Flag(row, "critical"), MustHaveData = JudgeRows.Flag(row, "must_have_data") };
        var classified = KayentaClassifier.Classify(metric, Side(row, "experiment_after_nan"), Side(row, "control_after_nan"));
        Assert.Equal(JudgeRows.Word(row, "expected_classification"), classified.Label.ToString());
        Assert.Equal(JudgeRows.Flag(row, "expected_critical"), classified.Critical);
    }

    /// <summary>
    /// The rule that departs: a side without data is Missing under every strategy, in both our modes, because no data is not good data (law 8). Kayenta passes
    /// it where points are replaced, and drops it from the score where they are removed.
    /// </summary>
    [Theory]
    [MemberData(nameof(Missing))]
    public void A_side_without_data_is_missing_whatever_the_strategy(string text)
    {
        var row = JudgeRows.Row(text);
        foreach (var mode in Enum.GetValues<JudgeMode>())
        {
            var metric = JudgeRows.Metric(Side(row, "experiment_after_nan"), Side(row, "control_after_nan"), new() { Points = JudgeRows.Nan(row), Mode = mode });
            Assert.Equal(Verdict.Missing, BakeJudge.JudgeMetrics([metric], Look.First)[0].Verdict);
        }
    }

    private static double[] Side(JsonElement row, string name) => JudgeRows.Word(row, name) == "empty" ? [] : Data;
}
