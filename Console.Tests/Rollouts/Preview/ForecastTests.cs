using System.Collections.Immutable;
using System.Diagnostics;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Calendar;
using OpsConsole.Domain.Rollouts.Preview;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Rollouts.Preview;

public sealed class ForecastTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_host_that_is_out_leaves_less_room_and_the_batch_goes_in_turns()
    {
        var whole = Forecast(Plan(1, 1, 4, 4), floor: 0);
        var turns = Forecast(Plan(1, 1, 4, 4), floor: 0, gone: 3);
        var stuck = Forecast(Plan(1, 1, 4, 4), floor: 50, gone: 2);

        Assert.Equal(TimeSpan.FromMinutes(1), Time(whole));
        Assert.Equal(TimeSpan.FromMinutes(4), Time(turns));
        Assert.Null(stuck.End);
        Assert.Contains("2 of 4 hosts are out of service", stuck.Asks, StringComparison.Ordinal);

        static TimeSpan Time(RolloutForecast forecast) => forecast.Stages[0].Waves[0].Regions[0].Batches[0] is var batch ? batch.Settled - batch.Begins : default;
    }

    [Fact]
    public void A_freeze_without_an_end_asks_a_person_and_says_which()
    {
        var calendar = new CalendarState().With(new("stop", EntryKind.Freeze, Domain.Access.Scope.Global, "2026-03-02 09:00 to 2027-03-01 00:00", "for ever") { Zone = "UTC" });

        var forecast = Forecast(Plan(1, 1, 4, 2), calendar: calendar);

        Assert.Null(forecast.End);
        Assert.Contains("the freeze stop (for ever)", forecast.Asks, StringComparison.Ordinal);
        Assert.Null(Assert.Single(forecast.Holds).To);
    }

    [Fact]
    public void Approvals_are_foreseen_with_who_and_until_when()
    {
        var plan = Plan(2, 1, 4, 2);
        var pipeline = Pipeline(plan, 0) with { Stages = [new("s0", StageHosts.Regions), new("s1", StageHosts.Regions) { Approval = new() { Count = 2, Within = TimeSpan.FromHours(3) } }] };

        var forecast = RolloutForecaster.Of(Input(plan, pipeline) with { ApprovedAfter = TimeSpan.FromHours(1) });

        var approval = forecast.Stages[1].Approval!;
        Assert.Equal(forecast.Stages[0].End, approval.Asked);
        Assert.Equal(approval.Asked + TimeSpan.FromHours(3), approval.Until);
        Assert.Equal(approval.Asked + TimeSpan.FromHours(1), forecast.Stages[1].Opens);
        Assert.Contains("2 different with the role Approver", approval.Who, StringComparison.Ordinal);
    }

    /// <summary>Exposure recomputed minute by minute from the batches themselves.</summary>
    [Fact]
    public void The_exposure_of_every_minute_is_the_worst_of_its_batches()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var plan = Plan(random.Next(1, 4), random.Next(1, 4), random.Next(1, 12), random.Next(1, 5), random);
            var forecast = Forecast(plan);
            var batches = forecast.Stages.SelectMany(stage => stage.Waves).SelectMany(wave => wave.Regions).SelectMany(region => region.Batches.Select((batch, i) => (batch, Baked: region.Batches.Skip(i).Where(later => later.End > later.Settled).Select(later => later.End).FirstOrDefault(region.End!.Value)))).ToArray();
            for (var from = Start; from < forecast.End; from += forecast.ExposureStep)
            {
                var to = from + forecast.ExposureStep;
                var moments = batches.SelectMany(one => new[] { one.batch.Begins, one.batch.Settled, one.Baked }).Where(at => at >= from && at < to).Append(from).ToArray();
                var worst = moments.Max(at => batches.Where(one => one.batch.Begins <= at && at < one.Baked).Sum(one => one.batch.Hosts));
                var gone = moments.Max(at => batches.Where(one => one.batch.Begins <= at && at < one.batch.Settled).Sum(one => one.batch.Hosts));
                var step = forecast.Exposure.Last(one => one.From <= from);
                Assert.True((worst, gone) == (step.Exposed, step.Out), $"seed {seed} at {from:t}: {worst} exposed and {gone} out, but {step}");
            }

            Assert.Equal((0, 0), (forecast.Exposure[^1].Exposed, forecast.Exposure[^1].Out));
        }
    }

    [Fact]
    public void Whatever_the_plan_batches_keep_their_order_AZs_do_not_overlap_and_waves_follow_each_other()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var plan = Plan(random.Next(1, 4), random.Next(1, 5), random.Next(1, 12), random.Next(1, 5), random);
            var when = Start.AddMinutes(random.Next(0, 90));
            var calendar = new CalendarState().With(new("f", EntryKind.Freeze, Domain.Access.Scope.Global, $"{when:yyyy-MM-dd HH:mm} to {when.AddMinutes(random.Next(1, 200)):yyyy-MM-dd HH:mm}", "x") { Zone = "UTC", Overrun = (Overrun)random.Next(3) });
            var forecast = Forecast(plan, calendar: calendar);
            DateTimeOffset last = Start;
            foreach (var wave in forecast.Stages.SelectMany(stage => stage.Waves))
            {
                Assert.True(wave.Opens >= last, $"seed {seed}");
                foreach (var region in wave.Regions)
                {
                    Assert.True(region.Batches.Zip(region.Batches.Skip(1)).All(pair => pair.First.End <= pair.Second.Begins && pair.First.Index + 1 == pair.Second.Index), $"seed {seed}");
                    Assert.True(region.Begins >= wave.Opens && region.Late >= region.End, $"seed {seed}");
                }

                last = wave.End!.Value;
            }

            Assert.True(forecast.Holds.All(hold => hold.To > hold.From), $"seed {seed}");
        }
    }

    [Fact]
    [Trait("Category", "Scenario")]
    public void A_million_hosts_in_39_regions_are_foreseen_in_a_bounded_answer()
    {
        var plan = Plan(3, 13, 8_547, 1);
        var watch = Stopwatch.StartNew();
        var forecast = Forecast(plan, calendar: new CalendarState().With(new("nights", EntryKind.Freeze, Domain.Access.Scope.Global, "mon-fri 22:00-05:00", "nobody is there") { Overrun = Overrun.FinishAz }));
        output.WriteLine($"{plan.Hosts} hosts, {plan.Regions.Sum(region => region.Batches.Length)} batches: {watch.Elapsed.TotalSeconds:0.00} s");

        Assert.True(forecast.Shortened);
        Assert.True(forecast.Exposure.Length <= 1_500 && forecast.Holds.Length <= RolloutForecast.MostHolds);
        Assert.All(forecast.Stages.SelectMany(stage => stage.Waves).SelectMany(wave => wave.Regions), region => Assert.Empty(region.Batches));
        Assert.NotEmpty(forecast.Holds);
    }

    private static RolloutForecast Forecast(RolloutPlan plan, int floor = 0, int gone = 0, CalendarState? calendar = null) =>
        RolloutForecaster.Of(Input(plan, Pipeline(plan, floor), gone) with { Calendar = calendar ?? new() });

    private static Pipeline Pipeline(RolloutPlan plan, int floor) => new("p", "web", [.. plan.Stages.Select(stage => new PipelineStage(stage.Name, StageHosts.Regions))]) { CapacityFloor = floor, Limits = new() { Hold = TimeSpan.FromDays(3) } };

    private static ForecastInput Input(RolloutPlan plan, Pipeline pipeline, int gone = 0)
    {
        var azs = plan.Regions.SelectMany(region => region.Batches.Select(batch => (region.Region, batch))).GroupBy(one => one.batch.Az).ToImmutableDictionary(az => az.Key, az => new AzFigures(az.First().Region, az.Sum(one => one.batch.Hosts.Length), gone));
        return new(plan, pipeline, new(), new(azs, []), VisitTimes.Fixed(TimeSpan.FromMinutes(1)), Start);
    }

    private static RolloutPlan Plan(int stages, int regions, int perAz, int size, Random? random = null) =>
        new("web", "2", "sha256:x", "1",
        [
            .. Enumerable.Range(0, stages).Select(s => new PlannedStage($"s{s}", [new([.. Enumerable.Range(0, regions).Select(r => Region($"r{s}-{r}", perAz, size, random))])])),
        ]);

    private static PlannedRegion Region(string name, int perAz, int size, Random? random) =>
        new(name, "commercial",
        [
            .. from az in new[] { "a", "b", "c" }
               from chunk in Enumerable.Range(0, perAz).Select(n => $"{name}{az}{n}").Chunk(size)
               select new PlannedBatch(name + az, BatchKind.Batch, [.. chunk], new(TimeSpan.FromMinutes(random?.Next(0, 4) ?? 0), 0, TimeSpan.FromMinutes(5)) { Of = Metrics.ErrorRate }),
        ]);
}

internal static class CalendarStates
{
    public static CalendarState With(this CalendarState state, CalendarEntry entry) => state with { Entries = state.Entries.SetItem(entry.Id, entry) };
}
