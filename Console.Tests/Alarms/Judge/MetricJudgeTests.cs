using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Alarms.Judge;

namespace OpsConsole.Tests.Alarms.Judge;

public sealed class MetricJudgeTests
{
    private static readonly double[] Tens = [9.8, 9.9, 10.0, 10.1, 10.2, 10.3, 9.7, 10.4];

    [Theory]
    [InlineData(3, Verdict.Missing)]
    [InlineData(4, Verdict.Missing)]
    [InlineData(5, Verdict.Bad)]
    public void Says_nothing_of_fewer_points_than_could_show_a_difference(int count, Verdict expected)
    {
        double[] baseline = [.. Enumerable.Range(0, count).Select(i => 1 + (i * 0.01))];
        double[] candidate = [.. baseline.Select(value => value * 10)];
        Assert.Equal(expected, Judge(candidate, baseline, new() { Harm = Harm.Increase }).Verdict);
    }

    [Fact]
    public void Four_points_a_side_are_enough_where_alpha_allows_it() =>
        Assert.Equal(Verdict.Bad, Judge([10, 11, 12, 13], [1, 2, 3, 4], new() { Harm = Harm.Increase, Alpha = 0.02 }).Verdict);

    [Theory]
    [InlineData(Harm.Increase, 2, Verdict.Bad)]
    [InlineData(Harm.Increase, 0.5, Verdict.Ok)]
    [InlineData(Harm.Decrease, 2, Verdict.Ok)]
    [InlineData(Harm.Decrease, 0.5, Verdict.Bad)]
    [InlineData(Harm.Either, 2, Verdict.Bad)]
    [InlineData(Harm.Either, 0.5, Verdict.Bad)]
    public void Only_what_hurts_is_bad(Harm harm, double times, Verdict expected) =>
        Assert.Equal(expected, Judge([.. Tens.Select(value => value * times)], Tens, new() { Harm = harm }).Verdict);

    [Theory]
    [InlineData(0.05, 0, Verdict.Bad)]
    [InlineData(0.15, 0, Verdict.Ok)]
    [InlineData(0, 1.5, Verdict.Ok)]
    [InlineData(0, 0.5, Verdict.Bad)]
    public void A_difference_within_the_floor_does_not_matter(double floor, double least, Verdict expected) =>
        Assert.Equal(expected, Judge([.. Tens.Select(value => value + 1)], Tens, new() { Floor = floor, Least = least }).Verdict);

    [Fact]
    public void Constant_samples_are_judged_like_any_others()
    {
        Assert.Equal(Verdict.Ok, Judge([5, 5, 5, 5, 5, 5], [5, 5, 5, 5, 5, 5]).Verdict);
        Assert.Equal(Verdict.Bad, Judge([6, 6, 6, 6, 6, 6], [5, 5, 5, 5, 5, 5]).Verdict);
        Assert.Equal(Verdict.Ok, Judge([0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]).Verdict);
        Assert.Equal(Verdict.Bad, Judge([1, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0]).Verdict);
    }

    [Fact]
    public void The_last_digit_of_a_number_is_no_difference()
    {
        double[] baseline = [.. Enumerable.Repeat(0.3, 20)];
        Assert.Equal(Verdict.Ok, Judge([.. Enumerable.Repeat(0.1 + 0.2, 20)], baseline, new() { Floor = 0 }).Verdict);
    }

    [Fact]
    public void Errors_that_are_rare_on_both_sides_are_compared_by_their_means_where_most_points_are_zero()
    {
        double[] baseline = [.. Enumerable.Repeat(0.0, 57), 0.001, 0.002, 0.001];
        double[] candidate = [.. Enumerable.Repeat(0.0, 35), .. Enumerable.Range(0, 25).Select(i => 0.001 + (i * 0.0001))];
        var judged = Judge(candidate, baseline, new() { Harm = Harm.Increase });
        Assert.Equal((Verdict.Bad, 0.0), (judged.Verdict, judged.Compared!.Shift));
        Assert.True(judged.Compared.Difference > 0.0008 && judged.Compared.Effect > 10);
        Assert.Equal(Verdict.Ok, Judge(candidate, baseline, new() { Harm = Harm.Increase, Least = 0.01 }).Verdict);
    }

    [Fact]
    public void A_failed_source_is_an_error_and_points_without_numbers_are_missing()
    {
        Assert.Equal(Verdict.Error, MetricJudge.Judge(JudgeRows.Metric(Tens, Tens) with { Failure = "refused" }).Verdict);
        Assert.Equal(Verdict.Missing, Judge([.. Tens.Take(5), .. Enumerable.Repeat(double.NaN, 6)], Tens).Verdict);
        Assert.Equal(Verdict.Missing, Judge([.. Tens.Take(3), double.PositiveInfinity, double.NaN], Tens).Verdict);
    }

    [Fact]
    public void Points_counted_as_zero_are_zeros_beside_enough_real_ones()
    {
        double[] sparse = [.. Tens, double.NaN, double.NaN];
        Assert.Equal((8, 10), (Judge(sparse, Tens).Compared!.Count, Judge(sparse, Tens, new() { Points = MissingPoints.Zero }).Compared!.Count));
    }

    [Fact]
    public void Wide_evidence_is_missing_where_harm_must_be_ruled_out()
    {
        double[] wide = [2, 30, 5, 25, 9, 14, 18, 1];
        Assert.Equal(Verdict.Ok, Judge(wide, wide, new() { Harm = Harm.Increase }).Verdict);
        Assert.Equal(Verdict.Missing, Judge(wide, wide, new() { Harm = Harm.Increase, Within = 0.2 }).Verdict);
        Assert.Equal(Verdict.Ok, Judge(Tens, Tens, new() { Harm = Harm.Increase, Within = 0.2 }).Verdict);
    }

    [Fact]
    public void An_outlier_decides_nothing_and_can_be_left_out()
    {
        double[] candidate = [.. Tens.Take(7), 100_000];
        Assert.Equal(Verdict.Ok, Judge(candidate, Tens).Verdict);
        double[] many = [.. Enumerable.Range(0, 50).Select(i => 10 + (i % 10 * 0.1)), 100_000];
        Assert.Equal(50, Judge(many, Tens, new() { DropOutliers = true }).Compared!.Count);
    }

    [Fact]
    public void The_reason_names_both_medians_the_effect_the_interval_and_the_points()
    {
        double[] baseline = [.. Enumerable.Range(0, 20).Select(i => 10 + (i * 0.01))];
        var judged = Judge([.. baseline.Select(value => value * 2)], baseline, new() { Harm = Harm.Increase, Alpha = 0.01 });
        Assert.Equal(
            "above the baseline by more than 5 % and beyond chance (p 7.25E-12 at alpha 0.01): median 20.19 of 20 points against 10.09 of 20, difference +10.1 (98 % interval +10.01 to +10.18), +100 % of the baseline",
            judged.Reason);
    }

    private static MetricJudgement Judge(double[] candidate, double[] baseline, CanaryRule? rule = null) => MetricJudge.Judge(JudgeRows.Metric(candidate, baseline, rule));
}
