using FsCheck.Fluent;
using OpsConsole.Domain.Alarms.Judge.Statistics;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Alarms.Judge;

/// <summary>Exact p-values and order statistics against counting everything out.</summary>
public sealed class ExactRankSumTests(ITestOutputHelper output)
{
    [Fact]
    public void Exact_p_values_are_those_of_counting_every_arrangement() =>
        Seeded.Holds(output, Seeded.Pair(1, 6), pair =>
        {
            var (less, greater) = ByHand(pair.First, pair.Second);
            var test = RankSumTest.Of(pair.First, pair.Second);
            return test.Exact && Near(test.Less, less) && Near(test.Greater, greater);
        });

    [Fact]
    public void The_shift_and_any_difference_are_those_of_writing_all_out() =>
        Seeded.Holds(output, Seeded.Pair(1, 30), pair =>
        {
            double[] all = [.. from x in pair.First from y in pair.Second orderby x - y select x - y];
            var differences = new PairwiseDifferences(pair.First, pair.Second);
            return Enumerable.Range(0, all.Length).All(i => differences.At(i) == all[i]) && Near(differences.Median, Descriptive.Median(all));
        });

    [Theory]
    [InlineData(4, 4, 0.025, 1)]
    [InlineData(5, 5, 0.025, 3)]
    [InlineData(8, 8, 0.025, 14)]
    [InlineData(10, 10, 0.025, 24)]
    [InlineData(20, 20, 0.025, 128)]
    [InlineData(3, 3, 0.025, 0)]
    public void The_interval_leaves_out_as_many_differences_as_tables_of_the_test_say(int m, int n, double tail, int expected) =>
        Assert.Equal(expected, ExactRankSum.Cut(m, n, tail));

    [Fact]
    public void The_approximation_is_near_where_counting_ends()
    {
        var random = new Random(5);
        for (var trial = 0; trial < 50; trial++)
        {
            var (x, y) = (JudgeRows.Normal(random, 20, 1, 1), JudgeRows.Normal(random, 20, 1.5, 1));
            Assert.Equal(RankSumTest.Of(x, y, exact: true).TwoSided, RankSumTest.Of(x, y, exact: false).TwoSided, 0.006);
        }
    }

    [Fact]
    public void The_least_p_is_that_of_samples_that_do_not_overlap()
    {
        for (var m = 1; m <= 12; m++)
        {
            for (var n = 1; n <= 12; n++)
            {
                double[] high = [.. Enumerable.Range(100, m).Select(i => (double)i)];
                double[] low = [.. Enumerable.Range(0, n).Select(i => (double)i)];
                Assert.Equal(RankSumTest.Of(high, low).Greater, RankSumTest.LeastP(m, n), 1e-15);
            }
        }
    }

    private static (double Less, double Greater) ByHand(double[] first, double[] second)
    {
        double[] all = [.. first, .. second];
        double U(IEnumerable<int> chosen)
        {
            var set = chosen.ToHashSet();
            return (from i in set from j in Enumerable.Range(0, all.Length) where !set.Contains(j) select all[i] > all[j] ? 1 : all[i] == all[j] ? 0.5 : 0).Sum();
        }

        var seen = U(Enumerable.Range(0, first.Length));
        var every = Enumerable.Range(0, 1 << all.Length).Where(mask => System.Numerics.BitOperations.PopCount((uint)mask) == first.Length)
            .Select(mask => U(Enumerable.Range(0, all.Length).Where(i => (mask >> i & 1) == 1))).ToArray();
        return ((double)every.Count(u => u <= seen) / every.Length, (double)every.Count(u => u >= seen) / every.Length);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-12 * Math.Max(1, Math.Abs(b));
}
