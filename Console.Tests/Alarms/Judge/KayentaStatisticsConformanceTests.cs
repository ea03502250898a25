using OpsConsole.Domain.Alarms.Judge.Statistics;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Alarms.Judge;

/// <summary>The judge's building blocks: figures of a sample, effect sizes, outliers, what becomes of points without a number.</summary>
[Trait("Category", "Conformance")]
public sealed class KayentaStatisticsConformanceTests
{
    public static TheoryData<string> Rows(string list) => JudgeRows.All(Fixture.Read("kayenta_statistics.json").GetProperty(list));

    [Theory]
    [MemberData(nameof(Rows), "statistics")]
    public void A_figure_is_as_listed(string text)
    {
        var row = JudgeRows.Row(text);
        var operation = JudgeRows.Word(row, "op")!;
        if (operation == "summary")
        {
            var summary = Descriptive.Summarize(JudgeRows.Numbers(row.GetProperty("values")));
            var expected = row.GetProperty("expected");
            var tolerance = JudgeRows.OptionalNumber(row, "abs_tol") ?? 1e-6;
            Assert.Equal(expected.GetProperty("count").GetInt32(), summary.Count);
            Assert.Equal(expected.GetProperty("min").GetDouble(), summary.Min, tolerance);
            Assert.Equal(expected.GetProperty("max").GetDouble(), summary.Max, tolerance);
            Assert.Equal(expected.GetProperty("mean").GetDouble(), summary.Mean, tolerance);
            Assert.Equal(expected.GetProperty("std").GetDouble(), summary.Deviation, tolerance);
            return;
        }

        var value = operation switch
        {
            _ when operation.StartsWith("percentile", StringComparison.Ordinal) => Descriptive.Percentile(JudgeRows.Numbers(row.GetProperty("values")), row.GetProperty("p").GetDouble()),
            "mean_ratio" => EffectSizes.MeanRatio(JudgeRows.Numbers(row.GetProperty("experiment")), JudgeRows.Numbers(row.GetProperty("control"))),
            "cohen_d" => EffectSizes.CohenD(JudgeRows.Numbers(row.GetProperty("experiment")), JudgeRows.Numbers(row.GetProperty("control"))),
            "cles" => EffectSizes.CommonLanguage(JudgeRows.Numbers(row.GetProperty("experiment")), JudgeRows.Numbers(row.GetProperty("control"))),
            _ => throw new NotSupportedException(operation),
        };
        Assert.Equal(JudgeRows.Number(row.GetProperty("expected")), value, JudgeRows.OptionalNumber(row, "abs_tol") ?? 1e-9);
    }

    [Theory]
    [MemberData(nameof(Rows), "detectors")]
    public void An_outlier_is_flagged_as_there(string text)
    {
        var row = JudgeRows.Row(text);
        var values = JudgeRows.Numbers(row.GetProperty("values"));
        var parameter = row.GetProperty("parameter").GetDouble();
        var flags = JudgeRows.Word(row, "detector") == "ksigma" ? Outliers.BySigma(values, parameter) : Outliers.ByQuartiles(values, parameter);
        Assert.Equal(row.GetProperty("expected_outlier_flags").EnumerateArray().Select(flag => flag.GetBoolean()), flags);
    }

    [Theory]
    [MemberData(nameof(Rows), "transforms")]
    public void A_sample_is_cleaned_as_there(string text)
    {
        var row = JudgeRows.Row(text);
        var values = JudgeRows.Numbers(row.GetProperty("values"));
        double[] cleaned = JudgeRows.Word(row, "op") switch
        {
            "remove" => [.. values.Where(value => !double.IsNaN(value))],
            "replace with 0" => [.. values.Select(value => double.IsNaN(value) ? 0 : value)],
            "remove IQR outliers, factor 1.5" => Outliers.Without(values, Outliers.ByQuartiles(values, 1.5)),
            "remove k-sigma outliers, k 3" => Outliers.Without(values, Outliers.BySigma(values, 3)),
            var other => throw new NotSupportedException(other),
        };
        Assert.Equal(JudgeRows.Numbers(row.GetProperty("expected")), cleaned);
    }
}
