using System.Text.Json;
using OpsConsole.Domain.Alarms.Judge.Statistics;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Alarms.Judge;

/// <summary>The statistics against scipy's: exact and approximate p-values, shift, Cliff's delta, quantiles, Holm, the normal's tail.</summary>
[Trait("Category", "Conformance")]
public sealed class StatisticsOracleTests
{
    private static readonly JsonElement File = Fixture.Read("testing_stats_oracles.json");

    public static TheoryData<string> Cases => JudgeRows.All(File.GetProperty("cases"));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Two_samples_compare_as_there(string text)
    {
        var row = JudgeRows.Row(text);
        var (x, y) = (JudgeRows.Numbers(row.GetProperty("x")), JudgeRows.Numbers(row.GetProperty("y")));
        foreach (var (way, exact) in new[] { ("asymptotic", false), ("exact", true) })
        {
            foreach (var (side, pick) in new (string, Func<RankSumTest, double>)[] { ("two-sided", test => test.TwoSided), ("less", test => test.Less), ("greater", test => test.Greater) })
            {
                if (row.TryGetProperty($"mwu_{way}_{side}", out var expected))
                {
                    var test = RankSumTest.Of(x, y, exact);
                    Assert.Equal(expected.GetProperty("U").GetDouble(), test.U);
                    Assert.Equal(expected.GetProperty("p").GetDouble(), pick(test), 1e-9);
                }
            }
        }

        Assert.Equal(row.GetProperty("hodges_lehmann_shift_y_minus_x").GetDouble(), HodgesLehmann.Of(y, x, 0.95).Shift, 1e-9);
        Assert.Equal(row.GetProperty("cliffs_delta_y_gt_x").GetDouble(), EffectSizes.Cliff(y, x), 1e-9);
        foreach (var quantile in row.EnumerateObject().Where(one => one.Name.StartsWith("type7_q", StringComparison.Ordinal)))
        {
            var share = double.Parse(quantile.Name["type7_q".Length..^2], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(quantile.Value.GetDouble(), Descriptive.Percentile(x, share * 100), 1e-9);
        }
    }

    [Fact]
    public void Holm_and_the_normal_tail_are_as_there()
    {
        var multiple = File.GetProperty("multiple_testing");
        foreach (var (expected, ours) in JudgeRows.Numbers(multiple.GetProperty("holm")).Zip(Multiplicity.Holm(JudgeRows.Numbers(multiple.GetProperty("p")))))
        {
            Assert.Equal(expected, ours, 1e-12);
        }

        foreach (var tail in File.GetProperty("normal_sf").EnumerateObject())
        {
            var z = double.Parse(tail.Name, System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(1, Normal.Above(z) / tail.Value.GetDouble(), 1e-9);
        }
    }
}
