using System.Text.Json;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Alarms.Judge;
using OpsConsole.Domain.Alarms.Judge.Kayenta;
using OpsConsole.Tests.World;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Alarms.Judge;

/// <summary>What was measured of Kayenta's judge: our copy of it shows the same, and our own judge does better on each row.</summary>
[Trait("Category", "Conformance")]
public sealed class KayentaProbesConformanceTests(ITestOutputHelper output)
{
    private const int Trials = 300;
    private static readonly JsonElement File = Fixture.Read("kayenta_property_probes.json");

    public static TheoryData<string> Rows(string section) => JudgeRows.All(File.GetProperty(section).GetProperty("rows"));

    [Theory]
    [MemberData(nameof(Rows), "minimum_sample")]
    public void Few_points_give_Kayenta_a_firm_label_and_us_none(string text)
    {
        var row = JudgeRows.Row(text);
        var (baseline, canary) = (JudgeRows.Numbers(row.GetProperty("baseline")), JudgeRows.Numbers(row.GetProperty("canary")));
        Assert.Equal(JudgeRows.Word(row, "label"), KayentaClassifier.Classify(new(), canary, baseline).Label.ToString());
        Assert.Equal(JudgeRows.Word(row, "critical_metric_label"), KayentaClassifier.Classify(new() { Critical = true }, canary, baseline).Label.ToString());
        var ours = MetricJudge.Judge(JudgeRows.Metric(canary, baseline, new() { Harm = Harm.Increase })).Verdict;
        Assert.Equal(canary.Length < CanaryRule.LeastSamples ? Verdict.Missing : Verdict.Bad, ours);
    }

    [Theory]
    [MemberData(nameof(Rows), "scale_invariance")]
    public void A_change_is_found_at_every_scale(string text)
    {
        var row = JudgeRows.Row(text);
        var count = File.GetProperty("scale_invariance").GetProperty("n_per_side").GetInt32();
        var mean = row.GetProperty("mean_of_baseline").GetDouble();
        foreach (var column in row.EnumerateObject().Where(column => column.Name.StartsWith("flagged_at_x", StringComparison.Ordinal)))
        {
            var times = double.Parse(column.Name["flagged_at_x".Length..], System.Globalization.CultureInfo.InvariantCulture);
            var (kayenta, ours) = Flagged(count, mean, mean * 0.15, mean * times, mean * 0.15, new());
            output.WriteLine($"mean {mean}, times {times}: Kayenta there {column.Value.GetDouble():0.###}, here {kayenta:0.###}; ours {ours:0.###}");
            Assert.Equal(column.Value.GetDouble(), kayenta, 0.09);
            Assert.True(times == 1 ? ours <= 0.0125 : ours >= 0.99, $"ours {ours} at {times}");
        }
    }

    [Theory]
    [MemberData(nameof(Rows), "aa_false_alarm")]
    public void Equals_are_called_bad_rarely_and_never_on_few_points(string text)
    {
        var row = JudgeRows.Row(text);
        var count = row.GetProperty("n_per_side").GetInt32();
        var (kayenta, ours) = Flagged(count, 1, 0.15, 1, 0.15, new());
        output.WriteLine($"n {count}: Kayenta there {row.GetProperty("false_alarm_rate").GetDouble()}, here {kayenta}; ours {ours}");
        Assert.Equal(row.GetProperty("false_alarm_rate").GetDouble(), kayenta, 0.07);
        Assert.True(count < CanaryRule.LeastSamples ? ours == 0 : ours <= 0.0125, $"{ours}");
    }

    [Theory]
    [MemberData(nameof(Rows), "practical_significance")]
    public void A_shift_below_the_floor_passes_however_sure(string text)
    {
        var row = JudgeRows.Row(text);
        var (kayenta, ours) = Flagged(row.GetProperty("n_per_side").GetInt32(), 1, 0.01, 1.01, 0.01, new());
        output.WriteLine($"{text}: Kayenta here {kayenta}, ours {ours}");
        Assert.Equal(row.GetProperty("flagged_with_default_thresholds").GetDouble(), kayenta, 0.09);
        Assert.Equal(row.GetProperty("flagged_with_allowed_increase_1_1").GetDouble(), ours);
    }

    private static (double Kayenta, double Ours) Flagged(int count, double mean, double deviation, double candidateMean, double candidateDeviation, CanaryRule rule)
    {
        var random = new Random(11);
        var (kayenta, ours) = (0, 0);
        for (var trial = 0; trial < Trials; trial++)
        {
            var (candidate, baseline) = (JudgeRows.Normal(random, count, candidateMean, candidateDeviation), JudgeRows.Normal(random, count, mean, deviation));
            kayenta += KayentaClassifier.Classify(new(), candidate, baseline).Label is KayentaLabel.High or KayentaLabel.Low ? 1 : 0;
            ours += MetricJudge.Judge(JudgeRows.Metric(candidate, baseline, rule)).Verdict == Verdict.Bad ? 1 : 0;
        }

        return ((double)kayenta / Trials, (double)ours / Trials);
    }
}
