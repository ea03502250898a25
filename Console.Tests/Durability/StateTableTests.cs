using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Domain.Durability;
using OpsConsole.Domain.Durability.Models;
using OpsConsole.Domain.Placement;
using OpsConsole.Tests.Alarms.Judge;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Durability;

/// <summary>The histogram's answer is the sum over the sets, each worked out by itself.</summary>
public sealed class StateTableTests(ITestOutputHelper output)
{
    private static readonly RedundancyCode[] Codes = [RedundancyCode.Replicas(3), RedundancyCode.ReedSolomon(5, 4), RedundancyCode.ReedSolomon(8, 4), RedundancyCode.ReedSolomon(10, 8)];
    private static readonly FailureAssumptions[] Assumptions = [new(), new() { AzLossesPerYear = 0.05, Burst = new(1, 0.02), Horizon = TimeSpan.FromDays(30) }];
    private static readonly StateTable[] Tables = [.. Codes.Select(code => StateTable.Of(code, Assumptions[0])), .. Codes.Take(2).Select(code => StateTable.Of(code, Assumptions[1]))];

    private static readonly Gen<(int Table, int[][] Sets)> Worlds =
        from table in Gen.Choose(0, Tables.Length - 1)
        let most = (Tables[table].Code.Shards + 2) / 3
        from sets in Gen.Choose(0, most).ArrayOf(3).Where(alive => alive.Sum() <= Tables[table].Code.Shards).ArrayOf(40)
        select (table, sets);

    [Fact]
    public void What_the_histogram_gives_is_the_sum_over_all_sets()
    {
        Seeded.Holds(output, Worlds, world =>
        {
            var table = Tables[world.Table];
            var reading = table.Read(Histogram(world.Sets));
            return Matches(reading.Now, world.Sets, table)
                && Enumerable.Range(0, 3).All(az => Matches(reading.IfLost[az], [.. world.Sets.Select(alive => alive.Select((count, at) => at == az ? 0 : count).ToArray())], table));
        }, tests: 40);
    }

    [Fact]
    public void A_set_below_what_it_needs_is_lost_and_slack_is_told_apart()
    {
        var table = Tables[1];
        var reading = table.Read(Histogram([[3, 3, 3], [3, 3, 0], [3, 2, 0], [2, 2, 0]]));
        Assert.Equal(new long[] { 1, 1, 1, 0, 0, 1 }, reading.Now.BySlack.ToArray());
        Assert.Equal(-1, reading.Now.LeastSlack);
        Assert.Equal((3 + 4 + 5, 5), (reading.Now.Missing, reading.Now.MostMissing));
        Assert.Equal(1, table.Loss(StateTable.Pack(2, 2, 0)));
        Assert.Equal(1, reading.Now.AnyLost);
        Assert.InRange(reading.Now.ExpectedLost, 1, 1.1);
    }

    [Fact]
    public void No_sets_have_nothing_to_lose()
    {
        var reading = Tables[1].Read(new int[StateTable.States]);
        Assert.Equal((0, 0.0, 0.0, 4), (reading.Now.Sets, reading.Now.Loss, reading.Now.AnyLost, reading.Now.LeastSlack));
    }

    [Fact]
    public void A_figure_carries_all_it_rests_on()
    {
        var reading = Tables[1].Read(Histogram([[3, 3, 3]]));
        var figure = reading.Figure(reading.Now);
        Assert.Equal(("RS(5,4)", DurabilityModel.MarkovChain), (figure.Code, figure.Model));
        Assert.Same(Assumptions[0], figure.Assumed);
        Assert.True(reading.Figure(reading.Worst).Nines < figure.Nines);
    }

    [Fact]
    public void Time_to_steady_is_bound_by_the_common_pace_or_by_the_worst_set()
    {
        var power = new RepairPower(100, "assumed");
        var assumed = new FailureAssumptions { MeanRepair = TimeSpan.FromHours(6) };
        Assert.Equal(TimeSpan.FromHours(10), power.TimeToSteady(1_000, 1, assumed));
        Assert.Equal(TimeSpan.FromHours(18), power.TimeToSteady(1_000, 3, assumed));
        Assert.Equal(TimeSpan.FromHours(10), power.TimeToSteady(1_000, 3, assumed with { Pace = RepairPace.Parallel }));
        Assert.Equal(TimeSpan.Zero, power.TimeToSteady(0, 0, assumed));
        Assert.Equal(TimeSpan.FromHours(1), RepairPower.OfBandwidth(1_000, 36_000).TimeToSteady(100, 0, assumed));
    }

    private static int[] Histogram(IEnumerable<int[]> sets)
    {
        var histogram = new int[StateTable.States];
        foreach (var alive in sets)
        {
            histogram[StateTable.Pack(alive[0], alive[1], alive[2])]++;
        }

        return histogram;
    }

    private static bool Matches(Outlook outlook, int[][] sets, StateTable table)
    {
        var losses = sets.Select(alive => ShardChain.Loss(table.Code.Shards, table.Code.Needed, table.Assumed, alive)).ToArray();
        var none = losses.Aggregate(1.0, (kept, loss) => kept * (1 - loss));
        bool Near(double ours, double theirs, double atLeast) => Math.Abs(ours - theirs) <= (1e-9 * Math.Abs(theirs)) + atLeast;
        return outlook.Sets == sets.Length
            && Near(outlook.ExpectedLost, losses.Sum(), 0)
            && Near(outlook.AnyLost, 1 - none, 1e-13)
            && outlook.Missing == sets.Sum(alive => table.Code.Shards - alive.Sum())
            && outlook.LeastSlack == Math.Max(-1, sets.Min(alive => alive.Sum()) - table.Code.Needed);
    }
}
