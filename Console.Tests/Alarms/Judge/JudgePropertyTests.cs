using FsCheck.Fluent;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Alarms.Judge;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Alarms.Judge;

/// <summary>What holds of every judgement, whatever the data.</summary>
public sealed class JudgePropertyTests(ITestOutputHelper output)
{
    private static readonly CanaryRule Loose = new() { Alpha = 0.1, Floor = 0.1 };

    [Fact]
    public void Swapping_the_sides_mirrors_the_comparison() =>
        Seeded.Holds(output, Seeded.Pair(4, 30), pair =>
        {
            var (one, other) = (Judge(pair.First, pair.Second), Judge(pair.Second, pair.First));
            var (a, b) = (one.Compared!, other.Compared!);
            return a.P == b.P && Near(a.Shift, -b.Shift) && Near(a.Delta, -b.Delta) && Near(a.Low ?? 0, -(b.High ?? 0))
                && Judge(pair.First, pair.Second, Loose with { Harm = Harm.Increase }).Compared!.P == Judge(pair.Second, pair.First, Loose with { Harm = Harm.Decrease }).Compared!.P;
        });

    [Fact]
    public void The_unit_changes_no_verdict() =>
        Seeded.Holds(output, from pair in Seeded.Pair(4, 30) from power in Gen.Choose(-9, 9) from harm in Gen.Choose(0, 2) select (pair, Math.Pow(10, power), (Harm)harm), one =>
        {
            var ((first, second), scale, harm) = one;
            var here = Judge(first, second, Loose with { Harm = harm, Within = 1 });
            var there = Judge([.. first.Select(value => value * scale)], [.. second.Select(value => value * scale)], Loose with { Harm = harm, Within = 1 });
            return here.Verdict == there.Verdict && Near(here.Compared!.P, there.Compared!.P) && Near(here.Compared.Effect ?? 0, there.Compared.Effect ?? 0);
        });

    [Fact]
    public void A_shift_of_the_candidate_is_the_shift_that_is_found() =>
        Seeded.Holds(output, from pair in Seeded.Pair(4, 30) from moved in Gen.Choose(-40, 40) select (pair, moved / 4.0), one =>
        {
            var ((first, second), moved) = one;
            var (here, there) = (Judge(first, second).Compared!, Judge([.. first.Select(value => value + moved)], second).Compared!);
            return Math.Abs(there.Shift - here.Shift - moved) < 1e-6 && (here.Low is null) == (there.Low is null) && Math.Abs((there.Low - here.Low ?? moved) - moved) < 1e-6;
        });

    [Fact]
    public void More_harm_is_never_judged_better() =>
        Seeded.Holds(output, from pair in Seeded.Pair(4, 30) from less in Gen.Choose(0, 40) from more in Gen.Choose(0, 40) select (pair, less / 4.0, (less + more) / 4.0), one =>
        {
            var ((first, second), less, more) = one;
            var rule = Loose with { Harm = Harm.Increase };
            var (small, large) = (Judge([.. first.Select(value => value + less)], second, rule), Judge([.. first.Select(value => value + more)], second, rule));
            return large.Compared!.P <= small.Compared!.P + 1e-12 && (small.Verdict != Verdict.Bad || large.Verdict == Verdict.Bad);
        });

    [Fact]
    public void Equal_samples_are_never_bad_and_their_interval_holds_zero() =>
        Seeded.Holds(output, Seeded.Pair(4, 30), pair =>
        {
            var judged = Judge(pair.First, [.. pair.First.Reverse()]);
            return judged.Verdict != Verdict.Bad && judged.Compared!.Shift == 0 && judged.Compared.Low is null or <= 0 && judged.Compared.High is null or >= 0;
        });

    [Fact]
    public void Taking_points_away_never_makes_missing_good_by_itself() =>
        Seeded.Holds(output, from pair in Seeded.Pair(1, 12) from kept in Gen.Choose(0, 3) select (pair, kept), one =>
        {
            var ((first, second), kept) = one;
            return Judge([.. first.Take(kept)], second).Verdict == Verdict.Missing && Judge(first, [.. second.Take(kept)]).Verdict == Verdict.Missing
                && Judge([.. first.Take(kept), .. Enumerable.Repeat(double.NaN, 40)], second, new() { Points = MissingPoints.Zero }).Verdict == Verdict.Missing;
        });

    private static MetricJudgement Judge(double[] candidate, double[] baseline, CanaryRule? rule = null) => MetricJudge.Judge(JudgeRows.Metric(candidate, baseline, rule ?? Loose));

    private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Abs(a));
}
