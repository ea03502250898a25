using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rehearsal;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Rehearsal;
using OpsConsole.Engine.Rollouts;
using OpsConsole.Tests.Fleet;

namespace OpsConsole.Tests.Rehearsal;

public sealed class SimulatedDriverTests : IHostReports
{
    private readonly FleetWorld _world = new();
    private readonly List<StepReport> _reports = [];

    void IHostReports.Report(string region, StepReport report) => _reports.Add(report);

    [Fact]
    public async Task A_visit_succeeds_step_by_step_and_the_host_says_the_release()
    {
        var driver = Driver(new());
        foreach (var step in Enum.GetValues<HostStep>()[..5])
        {
            driver.Send(Command("h1", step));
            Assert.Equal(1, driver.InFlight);
            await PassAsync(driver);
        }

        Assert.Equal([null, null, null, "sim-1.1.0", "sim-1.1.0"], _reports.Select(report => report.Release));
        Assert.All(_reports, report => Assert.True(report.Succeeded));
    }

    [Fact]
    public async Task The_same_order_again_is_answered_as_before_and_older_tokens_are_refused()
    {
        var driver = Driver(new());
        driver.Send(Command("h1", HostStep.Drain, token: 5));
        driver.Send(Command("h1", HostStep.Drain, token: 5));
        Assert.Equal(1, driver.InFlight);
        await PassAsync(driver);
        driver.Send(Command("h1", HostStep.Drain, token: 5));
        driver.Send(Command("h1", HostStep.Drain, token: 4, visit: "old"));

        Assert.Equal([true, true, false], _reports.Select(report => report.Succeeded));
        Assert.Contains("older than 5", _reports[2].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_reply_comes_when_asked_again_and_a_doubled_one_comes_twice()
    {
        var driver = Driver(new() { LostReplies = 1 });
        driver.Send(Command("h1", HostStep.Drain));
        await PassAsync(driver);
        Assert.Empty(_reports);
        driver.Send(Command("h1", HostStep.Drain));
        Assert.Single(_reports);

        var doubling = Driver(new() { DoubledReplies = 1 });
        doubling.Send(Command("h2", HostStep.Drain));
        await PassAsync(doubling);
        Assert.Equal(3, _reports.Count);
    }

    [Fact]
    public async Task Failures_and_hangs_strike_the_stated_share_of_visits_and_the_same_ones_for_the_same_seed()
    {
        async Task<(int Failed, int Silent, string Who)> RunAsync()
        {
            _reports.Clear();
            var driver = Driver(new() { FailedVisits = 0.05, HungVisits = 0.02 });
            foreach (var step in Enum.GetValues<HostStep>()[..5])
            {
                Enumerable.Range(0, 4_000).ToList().ForEach(i => driver.Send(Command($"h{i}", step, visit: $"v{i}")));
                await PassAsync(driver);
            }

            var failed = _reports.Where(report => !report.Succeeded).Select(report => report.CommandId).ToArray();
            return (failed.Length, (4_000 * 5) - _reports.Count, string.Join(',', failed));
        }

        var first = await RunAsync();
        Assert.InRange(first.Failed, 150, 250);
        Assert.InRange(first.Silent, 40, 130);
        Assert.Equal(first, await RunAsync());
    }

    [Fact]
    public async Task After_a_restart_the_step_asked_for_tells_what_took_place_before()
    {
        var driver = Driver(new());
        driver.Send(Command("h1", HostStep.Verify));
        await PassAsync(driver);

        Assert.Equal("sim-1.1.0", Assert.Single(_reports).Release);
    }

    [Theory]
    [InlineData("sim-1.1.0", null)]
    [InlineData("sim-1.2.0", Metrics.ErrorRate)]
    [InlineData("sim-1.3.0", Metrics.LatencyP99)]
    public async Task Health_shows_what_a_release_does_beside_the_baseline(string release, string? stands_out)
    {
        await _world.PlaceAsync(FleetWorld.HostOf("c1") with { Release = release }, FleetWorld.HostOf("b1") with { Release = RehearsalFleet.FirstRelease });
        var health = new SimulatedHealth(new(), Driver(new()));
        var to = _world.Clock.GetUtcNow();
        var readings = await health.ReadAsync(Query(["c1"], ["b1"], to.AddMinutes(-1), to), default);

        Assert.All(readings, reading => Assert.Equal(("simulated", reading.Metric == Metrics.TestsFailed ? 110L : 3_000L), (reading.Source, reading.Samples)));
        var apart = readings.Where(reading => !reading.Metric.StartsWith("probe", StringComparison.Ordinal) && (reading.Value > reading.Baseline * 2 || reading.Value < reading.Baseline / 2)).Select(reading => reading.Metric);
        Assert.Equal(stands_out is null ? [] : [stands_out], apart);
    }

    [Theory]
    [InlineData("sim-1.1.0", 0)]
    [InlineData("sim-1.6.0", 3)]
    public async Task Behaviour_tests_fail_where_answers_are_wrong(string release, double failed)
    {
        await _world.PlaceAsync(FleetWorld.HostOf("c1") with { Release = release });
        var to = _world.Clock.GetUtcNow();
        var readings = await new SimulatedHealth(new(), Driver(new())).ReadAsync(Query(["c1"], [], to.AddMinutes(-1), to), default);

        Assert.Equal(failed, readings.Single(reading => reading.Metric == Metrics.TestsFailed).Value);
    }

    [Fact]
    public async Task Without_hosts_or_time_there_is_no_data()
    {
        await _world.PlaceAsync(FleetWorld.HostOf("c1"));
        var health = new SimulatedHealth(new(), Driver(new()));
        var to = _world.Clock.GetUtcNow();

        Assert.All(await health.ReadAsync(Query([], [], to.AddMinutes(-1), to), default), reading => Assert.Null(reading.Value));
        Assert.All(await health.ReadAsync(Query(["c1"], [], to, to), default), reading => Assert.Equal((null, 0L), (reading.Value, reading.Samples)));
    }

    [Fact]
    public async Task A_release_that_does_not_start_fails_its_start()
    {
        var driver = Driver(new());
        driver.Send(Command("h1", HostStep.Start, release: "sim-1.4.0"));
        await PassAsync(driver);

        Assert.False(Assert.Single(_reports).Succeeded);
    }

    private HealthQuery Query(string[] candidates, string[] baseline, DateTimeOffset from, DateTimeOffset to) =>
        new("r1", "web", [.. candidates], [.. baseline], from, to) { CandidateHosts = [.. candidates.Select(id => _world.Fleet.Hosts[id])], BaselineHosts = [.. baseline.Select(id => _world.Fleet.Hosts[id])] };

    private SimulatedDriver Driver(SimulationOptions options) => new(options with { FailedVisits = options.FailedVisits == 0.0005 ? 0 : options.FailedVisits, HungVisits = options.HungVisits == 0.0001 ? 0 : options.HungVisits }, this, _world.Clock, InTurn.Only);

    private HostCommand Command(string host, HostStep step, long token = 1, string visit = "v", string release = "sim-1.1.0") =>
        new($"{visit}/{host}/{step}", FleetWorld.HostOf(host), step, VisitPurpose.Forward, release, null, token, _world.Clock.GetUtcNow().AddHours(1));

    private async Task PassAsync(SimulatedDriver driver)
    {
        _world.Clock.Advance(TimeSpan.FromSeconds(15));
        await driver.TickAsync(_world.Clock.GetUtcNow(), default);
    }
}
