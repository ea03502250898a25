using FsCheck.Fluent;
using OpsConsole.Domain.Alarms.Judge.Statistics;
using OpsConsole.Domain.FleetUpdate.Casualties;
using OpsConsole.Tests.Alarms.Judge;
using Xunit.Abstractions;

namespace OpsConsole.Tests.FleetUpdate.Casualties;

public sealed class CasualtyTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset T0 = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly CasualtyRule Rule = new();
    private static readonly HostReturn Clean = new(T0, T0.AddMinutes(20)) { ShardsChecked = 500 };

    [Fact]
    public void Each_of_the_four_signs_makes_a_casualty()
    {
        Assert.Null(Rule.Judge(Clean));
        Assert.Equal(CasualtyCause.LeaseExpired, Rule.Judge(new(T0, null, Expired: T0.AddHours(1))));
        Assert.Equal(CasualtyCause.FailedChecks, Rule.Judge(Clean with { ChecksFailed = T0.AddMinutes(25) }));
        Assert.Equal(CasualtyCause.CorruptShards, Rule.Judge(Clean with { ShardsCorrupt = 1 }));
        Assert.Equal(CasualtyCause.Remediated, Rule.Judge(Clean with { Remediated = T0.AddMinutes(40) }));
    }

    [Fact]
    public void What_befell_a_host_before_its_work_or_after_its_bake_is_not_the_works()
    {
        Assert.Null(Rule.Judge(Clean with { Begun = null, Expired = T0.AddMinutes(5), ShardsCorrupt = 9 }));
        Assert.Null(Rule.Judge(Clean with { Remediated = T0.AddMinutes(-1) }));
        Assert.Null(Rule.Judge(Clean with { Remediated = T0.AddMinutes(20) + Rule.Bake + TimeSpan.FromSeconds(1) }));
        Assert.False(Rule.IsOver(Clean, T0.AddMinutes(20) + Rule.Bake));
        Assert.True(Rule.IsOver(Clean, T0.AddMinutes(21) + Rule.Bake));
    }

    [Fact]
    public void As_many_corrupt_shards_as_scrub_finds_anyway_are_not_the_works()
    {
        Assert.Null(Rule.Judge(Clean with { ShardsChecked = 5_000_000, ShardsCorrupt = 7 }));
        Assert.Equal(CasualtyCause.CorruptShards, Rule.Judge(Clean with { ShardsChecked = 5_000_000, ShardsCorrupt = 20 }));
    }

    [Fact]
    public void A_host_counts_under_each_trait_and_each_activity_and_one_bad_model_halts_by_itself()
    {
        var (policy, ledger) = (new CasualtyPolicy(), CasualtyLedger.Empty);
        for (var i = 0; i < 2_000; i++)
        {
            var sick = i is 100 or 200 or 300 or 400;
            ledger = ledger.Add(new($"az{i % 3}", $"r{i % 50}", sick || i % 25 == 0 ? "m1" : "m2", "f1", "r1", ["os", "firmware"]), sick ? CasualtyCause.FailedChecks : null);
        }

        var standings = ledger.Standings(policy);
        Assert.Equal(new CasualtyCount(2_000, 4), standings[0].Count);
        Assert.NotEqual(CasualtySignal.Halt, standings[0].Signal);
        var model = standings.Single(standing => standing.Key == new CasualtyKey(CasualtyDimension.Model, "m1"));
        Assert.Equal((80, 4, CasualtySignal.Halt), (model.Count.Hosts, model.Count.Casualties, model.Signal));
        Assert.True(model.Chance < 1e-6 && model.Rate.Low > policy.Bad);
        Assert.All(standings.Where(standing => standing.Key?.Dimension == CasualtyDimension.Activity), standing => Assert.Equal(standings[0].Count, standing.Count));
    }

    [Fact]
    public void Dimensions_together_halt_falsely_no_more_often_than_stated()
    {
        Assert.Equal(new CasualtyPolicy().FalseHalt, new CasualtyPolicy().OfDimension.FalseHalt * CasualtyPolicy.Dimensions.Count, 1e-15);
        var random = new Random(20260301);
        var (test, halted) = (new SequentialTest(0.01, 0.05, 0.05, 0.05), 0);
        for (var run = 0; run < 2_000; run++)
        {
            var (hosts, casualties, verdict) = (0L, 0L, SequentialVerdict.GoOn);
            while (verdict == SequentialVerdict.GoOn)
            {
                (hosts, casualties) = (hosts + 1, casualties + (random.NextDouble() < 0.01 ? 1 : 0));
                verdict = test.Judge(hosts, casualties);
            }

            halted += verdict == SequentialVerdict.Halt ? 1 : 0;
        }

        // Wald: at most alpha/(1 − beta).
        Assert.True(Binomial.AtLeast(2_000, halted, 0.05 / 0.95) > 1e-6, $"{halted} of 2000");
    }

    [Fact]
    public void Tails_add_up_to_one_and_an_interval_holds_its_rate()
    {
        var gen = from n in Gen.Choose(1, 5_000) from k in Gen.Choose(0, n) from p in Gen.Choose(1, 9_999) select (n, k, p: p / 10_000.0);
        Seeded.Holds(output, gen, row =>
        {
            var (low, high) = RateInterval.ClopperPearson(row.k, row.n);
            return Math.Abs(Binomial.AtMost(row.n, row.k, row.p) + Binomial.AtLeast(row.n, row.k + 1, row.p) - 1) < 1e-12
                && low <= (double)row.k / row.n && high >= (double)row.k / row.n
                && (row.k == 0 || Math.Abs(Binomial.AtLeast(row.n, row.k, low) - 0.025) < 1e-9);
        });
    }
}
