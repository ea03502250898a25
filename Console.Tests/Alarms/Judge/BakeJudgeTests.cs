using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Alarms.Judge;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Alarms.Judge;

public sealed class BakeJudgeTests(ITestOutputHelper output)
{
    private static readonly double[] Base = [.. Enumerable.Range(0, 20).Select(i => 10 + (i * 0.01))];
    private static readonly CanaryMetric Good = new("good", new(), [.. Base], [.. Base]);
    private static readonly CanaryMetric Bad = Good with { Name = "bad", Candidate = [.. Base.Select(value => value * 2)] };
    private static readonly CanaryMetric Silent = Good with { Name = "silent", Candidate = [] };

    [Fact]
    public void A_bake_is_good_when_all_its_metrics_are()
    {
        var judged = BakeJudge.Judge(new(), [Good, Good]);
        Assert.Equal((Verdict.Ok, 100.0, 0.005), (judged.Verdict, judged.Score, judged.FalseAlarm));
    }

    [Fact]
    public void One_bad_metric_makes_it_bad_unless_scores_may_be_lower()
    {
        Assert.Equal((Verdict.Bad, 50.0), Said(new(), Good, Bad));
        Assert.Equal((Verdict.Missing, 50.0), Said(new() { Pass = 75, Marginal = 50 }, Good, Bad));
        Assert.Equal((Verdict.Ok, 50.0), Said(new() { Pass = 50, Marginal = 25 }, Good, Bad));
        Assert.Equal((Verdict.Bad, 50.0), Said(new() { Pass = 50, Marginal = 25 }, Good, Bad with { Critical = true }));
        Assert.Equal((Verdict.Ok, 100.0), Said(new(), Good, Bad with { Critical = true, Muted = true }));
    }

    /// <summary>The rule that departs from Kayenta, which hides up to half of the metrics and gives a group without data a full score: no data is not good data (law 8).</summary>
    [Fact]
    public void A_metric_without_data_keeps_the_bake_from_being_good()
    {
        Assert.Equal((Verdict.Missing, 100.0), Said(new(), Good, Good, Good, Silent));
        Assert.Equal((Verdict.Ok, 100.0), Said(new(), Good, Good, Good, Silent with { Required = false }));
        Assert.Equal((Verdict.Missing, 100.0), Said(new(), Good, Silent with { Required = false }));
        Assert.Equal((Verdict.Missing, null), Said(new(), Silent with { Required = false }));
        Assert.Equal((Verdict.Missing, null), Said(new()));
        Assert.Equal((Verdict.Error, 100.0), Said(new(), Good, Good, Good with { Failure = "refused" }));
        Assert.Equal((Verdict.Bad, 50.0), Said(new(), Good, Bad, Silent));
    }

    [Fact]
    public void Groups_weigh_as_they_are_told_and_the_rest_shares_what_is_left()
    {
        var weights = ImmutableDictionary<string, double>.Empty.Add("errors", 75);
        Assert.Equal(25, BakeJudge.Judge(new() { Weights = weights }, [Bad with { Groups = ["errors"] }, Good]).Score);
        Assert.Equal(75, BakeJudge.Judge(new() { Weights = weights }, [Good with { Groups = ["errors"] }, Bad]).Score);
        Assert.Equal(50, BakeJudge.Judge(new(), [Good with { Groups = ["a"] }, Bad with { Groups = ["b"] }]).Score);
        Assert.Equal(25, BakeJudge.Judge(new(), [Bad with { Groups = ["a", "b"] }, Good with { Groups = ["a"] }]).Score);
    }

    [Fact]
    public void More_metrics_and_later_looks_need_clearer_evidence()
    {
        double[] better = [.. Base.Select((value, i) => value + (i % 3 == 0 ? 0 : 0.1))];
        var unclear = Good with { Candidate = [.. better], Rule = new() { Floor = 0 } };
        var alone = MetricJudge.Judge(unclear);
        var price = alone.AdjustedP!.Value;
        var rule = unclear.Rule with { Alpha = price * 1.5 };
        Assert.Equal(Verdict.Bad, MetricJudge.Judge(unclear with { Rule = rule }).Verdict);
        Assert.Equal(Verdict.Ok, BakeJudge.JudgeMetrics([unclear with { Rule = rule }], Look.At(2))[0].Verdict);
        var first = BakeJudge.JudgeMetrics([unclear, Good], Look.First)[0];
        Assert.Equal(price * 2 * 2, first.AdjustedP!.Value, 1e-12);
        Assert.Equal(price * 2, BakeJudge.JudgeMetrics([unclear, Good with { Muted = true }, Silent], Look.First)[0].AdjustedP!.Value, 1e-12);
    }

    [Fact]
    public void Between_looks_what_seems_bad_waits_for_the_next_one()
    {
        var (between, next) = (BakeJudge.JudgeMetrics([Bad, Good], Look.At(5)), BakeJudge.JudgeMetrics([Bad, Good], Look.At(6)));
        Assert.Equal((Verdict.Missing, Verdict.Ok), (between[0].Verdict, between[1].Verdict));
        Assert.Equal(Verdict.Bad, next[0].Verdict);
    }

    [Fact]
    public void Looks_grow_apart_and_together_spend_alpha_once()
    {
        var looks = Enumerable.Range(1, 100_000).Select(Look.At).Where(look => look.Due).ToArray();
        Assert.Equal([1, 2, 3, 4, 6, 9, 13, 19], Enumerable.Range(1, 20).Where(window => Look.At(window).Due));
        Assert.Equal(Enumerable.Range(1, looks.Length), looks.Select(look => look.Number));
        Assert.True(looks.Sum(look => 1 / look.Price) is > 0.95 and < 1);
    }

    [Fact]
    public void Ten_metrics_looked_at_often_call_an_equal_candidate_bad_no_more_often_than_stated()
    {
        const int bakes = 100;
        var rule = new CanaryRule { Alpha = 0.05, Floor = 0 };
        var random = new Random(3);
        var (adjusted, plain) = (0, 0);
        for (var bake = 0; bake < bakes; bake++)
        {
            var data = Enumerable.Range(0, 10).Select(_ => (JudgeRows.Normal(random, 52, 1, 0.2), JudgeRows.Normal(random, 52, 1, 0.2))).ToArray();
            var (bad, naive) = (false, false);
            for (var window = 1; window <= 13; window++)
            {
                var metrics = data.Select((pair, i) => new CanaryMetric($"m{i}", rule, [.. pair.Item1.Take(4 * window)], [.. pair.Item2.Take(4 * window)])).ToArray();
                bad |= Look.At(window).Due && BakeJudge.Judge(new() { Look = Look.At(window) }, metrics).Verdict == Verdict.Bad;
                naive = naive || metrics.Any(metric => MetricJudge.Judge(metric).Verdict == Verdict.Bad);
            }

            adjusted += bad ? 1 : 0;
            plain += naive ? 1 : 0;
        }

        output.WriteLine($"{bakes} bakes of equals: {adjusted} called bad, {plain} had each test been taken at its word");
        Assert.True(adjusted <= bakes * 0.05 && plain > bakes * 0.5, $"{adjusted}, {plain}");
    }

    [Fact]
    public void Kayentas_mode_gives_its_labels_in_our_words()
    {
        var kayenta = Good.Rule with { Mode = JudgeMode.Kayenta, Floor = 0 };
        var judged = BakeJudge.Judge(new(), [Good with { Rule = kayenta }, Bad with { Rule = kayenta }]);
        Assert.Equal([Verdict.Ok, Verdict.Bad], judged.Metrics.Select(metric => metric.Verdict));
        Assert.StartsWith("Kayenta's judge says High: median 20.19 of 20 points against 10.09 of 20", judged.Metrics[1].Reason, StringComparison.Ordinal);
    }

    private static (Verdict Verdict, double? Score) Said(BakeRule rule, params CanaryMetric[] metrics) => BakeJudge.Judge(rule, metrics) is var judged ? (judged.Verdict, judged.Score) : default;
}
