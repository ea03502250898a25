using System.Text.Json;
using OpsConsole.Domain.Alarms.Judge.Kayenta;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Alarms.Judge;

/// <summary>Kayenta's own classification cases, and the intervals they rest on.</summary>
[Trait("Category", "Conformance")]
public sealed class KayentaClassifierConformanceTests
{
    public static TheoryData<string> Cases => JudgeRows.All(Fixture.Read("kayenta_classifier.json").GetProperty("cases"));

    public static TheoryData<string> Intervals => JudgeRows.All(Fixture.Read("kayenta_mannwhitney.json").GetProperty("cases"));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_is_classified_as_there(string text)
    {
        var row = JudgeRows.Row(text);
        var metric = Metric(row.GetProperty("config"));
        var (experiment, control) = (JudgeRows.Numbers(row.GetProperty("experiment")), JudgeRows.Numbers(row.GetProperty("control")));
        var classified = JudgeRows.Word(row, "classifier") == "mean-inequality" ? KayentaClassifier.ClassifyByMeans(metric, experiment, control) : KayentaClassifier.Classify(metric, experiment, control);
        foreach (var expected in row.GetProperty("expected").EnumerateObject())
        {
            switch (expected.Name)
            {
                case "classification":
                    Assert.Equal(expected.Value.GetString(), classified.Label.ToString());
                    break;
                case "critical":
                    Assert.Equal(expected.Value.GetBoolean(), classified.Critical);
                    break;
                case "deviation":
                    Assert.Equal(JudgeRows.Number(expected.Value), classified.Deviation, 1e-9);
                    break;
                case "reason_non_empty":
                    Assert.Equal(expected.Value.GetBoolean(), !string.IsNullOrEmpty(classified.Reason));
                    break;
                default:
                    Assert.Fail($"what is {expected.Name}?");
                    break;
            }
        }

        if (row.TryGetProperty("independent_recompute", out var recomputed) && !JudgeRows.Flag(recomputed, "gaussian_noise_added") && recomputed.TryGetProperty("ci_low", out var low))
        {
            var interval = ShiftInterval.Of(Cleaned(experiment, metric), Cleaned(control, metric), metric.Confidence)!;
            Assert.Equal(low.GetDouble(), interval.Low, 1e-9);
            Assert.Equal(recomputed.GetProperty("ci_high").GetDouble(), interval.High, 1e-9);
            Assert.Equal(recomputed.GetProperty("estimate").GetDouble(), interval.Estimate, 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Intervals))]
    public void A_statistic_a_quantile_or_an_interval_has_the_digits_listed(string text)
    {
        var row = JudgeRows.Row(text);
        var expected = row.GetProperty("expected");
        if (row.TryGetProperty("p", out var p))
        {
            Assert.Equal(expected.GetDouble(), Domain.Alarms.Judge.Statistics.Normal.Quantile(p.GetDouble()), row.GetProperty("abs_tol").GetDouble());
            return;
        }

        if (row.TryGetProperty("mu", out var mu))
        {
            var statistic = ShiftInterval.Statistic(mu.GetDouble(), row.GetProperty("quantile").GetDouble(), JudgeRows.Numbers(row.GetProperty("x")), JudgeRows.Numbers(row.GetProperty("y")));
            Assert.Equal(expected.GetDouble(), statistic, row.GetProperty("abs_tol").GetDouble());
            return;
        }

        var interval = ShiftInterval.Of(JudgeRows.Numbers(row.GetProperty("experiment")), JudgeRows.Numbers(row.GetProperty("control")), row.GetProperty("confidence").GetDouble())!;
        var tolerance = row.GetProperty("abs_tol");
        Assert.Equal(expected.GetProperty("ci_low").GetDouble(), interval.Low, tolerance.GetProperty("ci").GetDouble());
        Assert.Equal(expected.GetProperty("ci_high").GetDouble(), interval.High, tolerance.GetProperty("ci").GetDouble());
        Assert.Equal(expected.GetProperty("estimate").GetDouble(), interval.Estimate, tolerance.GetProperty("estimate").GetDouble());
    }

    /// <summary>Ours, where the root finder's absolute tolerance leaves Kayenta's meaningless: the exact order statistic.</summary>
    [Theory]
    [MemberData(nameof(Intervals))]
    public void Our_estimate_is_the_exact_shift_at_any_scale(string text)
    {
        var row = JudgeRows.Row(text);
        if (row.TryGetProperty("recomputed", out var recomputed) && recomputed.ValueKind == JsonValueKind.Object && recomputed.TryGetProperty("hodges_lehmann_exact", out var exact))
        {
            var ours = Domain.Alarms.Judge.Statistics.HodgesLehmann.Of(JudgeRows.Numbers(row.GetProperty("experiment")), JudgeRows.Numbers(row.GetProperty("control")), row.GetProperty("confidence").GetDouble());
            Assert.Equal(exact.GetDouble(), ours.Shift, Math.Abs(exact.GetDouble()) * 1e-9);
            Assert.InRange(ours.Shift, ours.Low, ours.High);
        }
    }

    private static double[] Cleaned(double[] values, KayentaMetric metric) =>
        metric.Nan == Domain.Alarms.Judge.MissingPoints.Zero ? [.. values.Select(value => double.IsNaN(value) ? 0 : value)] : [.. values.Where(value => !double.IsNaN(value))];

    private static KayentaMetric Metric(JsonElement config)
    {
        var defaults = new KayentaMetric();
        return new()
        {
            Direction = JudgeRows.Direction(config),
            Nan = JudgeRows.Nan(config),
            Critical = JudgeRows.Flag(config, "critical"),
            MustHaveData = JudgeRows.Flag(config, "must_have_data"),
            Effect = JudgeRows.Word(config, "effect_size_measure") == "cles" ? KayentaEffect.Cles : KayentaEffect.MeanRatio,
            AllowedIncrease = JudgeRows.OptionalNumber(config, "allowed_increase"),
            AllowedDecrease = JudgeRows.OptionalNumber(config, "allowed_decrease"),
            CriticalIncrease = JudgeRows.OptionalNumber(config, "critical_increase"),
            CriticalDecrease = JudgeRows.OptionalNumber(config, "critical_decrease"),
            Tolerance = JudgeRows.OptionalNumber(config, "tolerance") ?? defaults.Tolerance,
            Confidence = JudgeRows.OptionalNumber(config, "confidence") ?? defaults.Confidence,
        };
    }
}
