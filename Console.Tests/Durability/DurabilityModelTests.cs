using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Domain.Durability;
using OpsConsole.Domain.Durability.Models;
using OpsConsole.Tests.Alarms.Judge;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Durability;

/// <summary>The models among themselves: what must hold whatever the code, rates and start are.</summary>
public sealed class DurabilityModelTests(ITestOutputHelper output)
{
    private sealed record World(int Needed, int[] Alive, int Shards, FailureAssumptions Assumed, int Seed);

    /// <summary>Codes over three AZs, any start that can be read.</summary>
    private static Gen<World> Worlds(Gen<FailureAssumptions> assumptions) =>
        from needed in Gen.Choose(1, 6)
        from alive in Gen.Choose(0, 4).ArrayOf(3)
        where alive.Sum() >= needed
        from more in Gen.Choose(0, 3)
        from assumed in assumptions
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select new World(needed, alive, alive.Sum() + more, assumed, seed);

    private static readonly Gen<FailureAssumptions> Likely =
        from rate in Gen.Choose(1, 200)
        from hours in Gen.Choose(12, 500)
        from azs in Gen.Choose(0, 4)
        from bursts in Gen.Choose(0, 3)
        from killed in Gen.Choose(1, 40)
        from pace in Gen.Elements(RepairPace.Serial, RepairPace.Parallel)
        select new FailureAssumptions { AnnualFailureRate = rate / 20.0, MeanRepair = TimeSpan.FromHours(hours), AzLossesPerYear = azs / 8.0, Burst = bursts == 0 ? null : new(bursts, killed / 100.0), Pace = pace, Horizon = TimeSpan.FromDays(90) };

    [Fact]
    public void Chain_and_played_lives_agree_within_five_standard_errors()
    {
        const int Trials = 4_000;
        Seeded.Holds(output, Worlds(Likely), world =>
        {
            var chain = ShardChain.Loss(world.Shards, world.Needed, world.Assumed, world.Alive);
            var played = MonteCarlo.Run("code", world.Shards, world.Needed, world.Alive, world.Assumed, Trials, new Random(world.Seed));
            // Five of the errors the estimate states, and of those the chain's own chance gives where it saw almost none.
            var bound = 5 * Math.Max(played.StandardError!.Value, Math.Sqrt(chain * (1 - chain) / Trials));
            return Math.Abs(chain - played.Loss) <= bound || Report($"{world} chain {chain} played {played.Loss}");
        }, tests: 60);
    }

    /// <summary>Whole AZs are not lost here: then only how many live counts. With AZ losses a set that lies in one AZ is better off with a shard less, which repair puts elsewhere.</summary>
    private static readonly Gen<FailureAssumptions> OneByOne = Likely.Select(assumed => assumed with { AzLossesPerYear = 0 });

    [Fact]
    public void More_alive_never_lasts_less()
    {
        Seeded.Holds(output, Worlds(OneByOne), world =>
        {
            var loss = ShardChain.Loss(world.Shards, world.Needed, world.Assumed, world.Alive);
            return world.Alive.Sum() == world.Shards || NotMore(ShardChain.Loss(world.Shards, world.Needed, world.Assumed, [world.Alive[0], world.Alive[1], world.Alive[2] + 1]), loss);
        }, tests: 100);
    }

    [Fact]
    public void More_failures_slower_repair_and_a_longer_horizon_never_last_longer()
    {
        Seeded.Holds(output, Worlds(OneByOne), world =>
        {
            double Loss(FailureAssumptions assumed) => ShardChain.Loss(world.Shards, world.Needed, assumed, world.Alive);
            var (assumed, loss) = (world.Assumed, Loss(world.Assumed));
            return NotMore(loss, Loss(assumed with { AnnualFailureRate = assumed.AnnualFailureRate * 1.1 }))
                && NotMore(loss, Loss(assumed with { MeanRepair = assumed.MeanRepair * 1.1 }))
                && NotMore(loss, Loss(assumed with { Horizon = assumed.Horizon * 1.1 }))
                && NotMore(loss, Loss(assumed with { AzLossesPerYear = 0.1 }))
                && NotMore(Loss(assumed with { Pace = RepairPace.Parallel }), Loss(assumed with { Pace = RepairPace.Serial }));
        }, tests: 60);
    }

    [Fact]
    public void Elimination_and_recursion_give_one_mean_time_to_loss()
    {
        Seeded.Holds(output, Worlds(Likely), world =>
        {
            var assumed = world.Assumed with { AzLossesPerYear = 0, Burst = null };
            var chain = BirthDeath.Of(world.Shards, world.Needed, assumed.AnnualFailureRate, assumed.RepairsPerYear, assumed.Pace).MeanTimeToLoss(world.Shards - world.Alive.Sum());
            return Math.Abs((ShardChain.MeanYearsToLoss(world.Shards, world.Needed, assumed, world.Alive) / chain) - 1) < 1e-10;
        });
    }

    [Fact]
    public void Three_models_of_one_code_give_three_figures()
    {
        // 17+3, 0.405 % a year, 6.5 days: the note's 11.1, 10.5 and 9.8 nines.
        var years = 6.5 / ClosedForms.DaysPerYear;
        Assert.Equal(11.13, Nines.Of(ClosedForms.FixedWindow(17, 3, 0.00405, 6.5)), 0.01);
        Assert.Equal(10.53, Nines.Of(ClosedForms.WithinYears(ClosedForms.ParallelLossesPerYear(17, 3, 0.00405, years), 1)), 0.01);
        Assert.Equal(9.75, Nines.Of(ClosedForms.WithinYears(ClosedForms.SerialLossesPerYear(17, 3, 0.00405, years), 1)), 0.01);
        var serial = new FailureAssumptions { AnnualFailureRate = 0.00405, MeanRepair = FailureAssumptions.Year * years };
        Assert.Equal(9.78, Nines.Of(ShardChain.Loss(20, 17, serial, [20])), 0.01);
    }

    [Fact]
    public void A_power_event_a_year_costs_more_than_all_single_failures()
    {
        var quiet = new FailureAssumptions { AnnualFailureRate = 0.04, MeanRepair = TimeSpan.FromHours(1) };
        Assert.True(ShardChain.Loss(12, 8, quiet with { Burst = new(1, 0.01) }, [4, 4, 4]) > 1e6 * ShardChain.Loss(12, 8, quiet, [4, 4, 4]));
    }

    [Theory]
    [InlineData(0.001, 3)]
    [InlineData(1e-13, 13)]
    [InlineData(9.9955986231231025e-14, 13)]
    [InlineData(1.0001520112156354e-13, 12)]
    [InlineData(1, 0)]
    public void Whole_nines_do_not_round_up(double loss, int nines) => Assert.Equal(nines, Nines.Whole(loss));

    /// <summary>Up to the rounding of both.</summary>
    private static bool NotMore(double less, double more) => less <= more * (1 + 1e-9);

    private bool Report(string what)
    {
        output.WriteLine(what);
        return false;
    }
}
