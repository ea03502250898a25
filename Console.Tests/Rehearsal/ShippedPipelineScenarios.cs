using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Audit;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rehearsal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Engine.Cord;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Rehearsal;
using OpsConsole.Engine.Rollouts;
using OpsConsole.Tests.World;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Rehearsal;

/// <summary>The shipped pipeline over the simulated 39 regions, from its file: where each of the simulated world's releases is stopped, and how far it came.</summary>
[Trait("Category", "Scenario")]
public sealed class ShippedPipelineScenarios(ITestOutputHelper output) : IAsyncDisposable
{
    private const string Service = "web";
    private const string Id = "travels";
    private readonly ManualClock _clock = new();
    private ServiceProvider? _engine;

    private IStates States => _engine!.GetRequiredService<IStates>();

    private Alarm[] Alarms => [.. States.Get<AlarmGroup>(AlarmStreams.Of(SimulatedAlarms.Group)).Alarms.Values];

    private Rollout Rollout => States.Get<Rollout>(RolloutStreams.Of(Id));

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_good_release_reaches_all_39_regions_in_the_order_of_the_file()
    {
        var touched = await TravelAsync("sim-1.1.0", RolloutStatus.Completed);

        Assert.Equal(39, touched.Select(host => host.Region).Distinct().Count());
        Assert.All(WebHosts(), host => Assert.Equal("sim-1.1.0", host.Release));
        Assert.Equal(["pre-production", "validators", "first region", "largest region", "wave of four", "everywhere else"], Rollout.Plan!.Stages.Select(stage => stage.Name));
        Assert.Equal([1, 38, 1, 1, 4, 33], Rollout.Plan.Stages.Select(stage => stage.Waves.Sum(wave => wave.Regions.Length)));
        var four = Rollout.Plan.Stages[4].Waves.Single().Regions;
        Assert.Equal(["china", "commercial", "commercial", "govcloud"], four.Select(region => region.Partition).Order(StringComparer.Ordinal));
        Assert.True(Alarms.Length > 39 * 3 * 3, $"{Alarms.Length} alarms");
        Assert.All(Alarms, alarm => Assert.Equal((AlarmState.Ok, 1), (alarm.State, alarm.History.Length)));
    }

    [Fact]
    public async Task What_only_the_customers_door_counts_is_stopped_by_an_alarm_of_the_zone_at_work()
    {
        var touched = await TravelAsync("sim-1.8.0", RolloutStatus.RolledBack);

        var served = touched.Where(host => !host.Validator).ToArray();
        Assert.Equal(["us-west-2"], served.Select(host => host.Region).Distinct());
        var red = Alarms.Where(alarm => alarm.History.Any(change => change.To == AlarmState.Alarm)).ToArray();
        Assert.All(red, alarm => Assert.Contains(alarm.Definition.Scope.Name, served.Select(host => host.Az)));
        Assert.Equal("alarms", Rollout.Evidence?.Gate);
        Assert.Contains(red, alarm => Rollout.Evidence!.Sentence.Contains($"{SimulatedAlarms.Group}/{alarm.Definition.Name}", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_hosts_that_did_not_come_back_the_casualty_budget_decides_and_no_alarm_besides()
    {
        var gate = PipelineReader.Read(ShippedPipelines.Text("s3-web")).Content!.Gates.Single(gate => gate.Alarms is not null);
        var streams = new[] { StreamNames.Requests, StreamNames.Errors, StreamNames.RequestMs, StreamNames.Healthy }.Select(metric => new StreamFacts(new(metric) { Service = Service, Region = "r", Az = "ra" }, default, TimeSpan.FromSeconds(10), 6));
        var set = StarterSet.For(Service, [new(Service, "p", "r", "ra", 3, true)], new([.. streams]), _ => null).Alarms;

        Assert.Equal(["errors-ra", "latency-ra", "traffic-r"], set.Where(alarm => gate.Alarms!.Chooses("web", alarm)).Select(alarm => alarm.Name));
        Assert.Contains(set, alarm => alarm.Name == "availability-ra");
    }

    [Fact]
    public async Task An_alarm_of_a_zone_that_is_not_touched_stops_nobody()
    {
        var errors = new MetricStream(StreamNames.Errors) { Service = Service, Partition = "commercial", Region = "eu-west-1", Az = "eu-west-1a" };
        var redIn = new HashSet<int>();
        await TravelAsync("sim-1.1.0", RolloutStatus.Completed, () =>
        {
            // Far away, until the rollout is about to come there.
            if (Rollout.Stage is 2 or 3 && Rollout.Plan!.Stages[Rollout.Stage].Waves.All(wave => wave.Regions.All(region => region.Region != errors.Region)))
            {
                _engine!.GetRequiredService<IMetricSink>().Add(errors, 10_000, _clock.GetUtcNow());
                redIn.UnionWith(Alarms.Any(alarm => alarm.Definition.Name == "errors-eu-west-1a" && alarm.State == AlarmState.Alarm) ? [Rollout.Stage] : Array.Empty<int>());
            }
        });

        Assert.Contains(2, redIn);
        Assert.Contains(3, redIn);
        Assert.Equal(["errors-eu-west-1a"], Alarms.Where(alarm => alarm.History.Any(change => change.To == AlarmState.Alarm)).Select(alarm => alarm.Definition.Name));
    }

    [Theory]
    [InlineData("sim-1.6.0", "behaviour tests failed")]
    [InlineData("sim-1.4.0", "ended with code 1")]
    public async Task What_shows_before_production_is_stopped_on_one_host_that_serves_nobody(string release, string words)
    {
        var touched = await TravelAsync(release, RolloutStatus.RolledBack);

        Assert.True(Assert.Single(touched).Validator);
        Assert.Contains(words, $"{Rollout.Why} {Rollout.Evidence?.Sentence}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_of_one_partition_in_anothers_configuration_is_found_by_the_validators()
    {
        var touched = await TravelAsync("sim-1.7.0", RolloutStatus.RolledBack);

        Assert.All(touched, host => Assert.True(host.Validator));
        Assert.Contains("the endpoint of the index is one of partition commercial", $"{Rollout.Why} {Rollout.Evidence?.Sentence}", StringComparison.Ordinal);
        Assert.NotEqual("commercial", States.Get<RegionFleet>(FleetStreams.Of(Rollout.Evidence!.Region)).Hosts.Values.First().Partition);
    }

    [Theory]
    [InlineData("sim-1.2.0")]
    [InlineData("sim-1.3.0")]
    public async Task What_only_load_shows_is_stopped_at_the_first_box(string release)
    {
        var touched = await TravelAsync(release, RolloutStatus.RolledBack);

        Assert.InRange(touched.Count(host => !host.Validator), 0, 1);
    }

    /// <summary>Hosts that were given work towards the release; all others still run what they ran, and after a rollback these do too.</summary>
    private async Task<Host[]> TravelAsync(string release, RolloutStatus end, Action? each = null)
    {
        await StartAsync(release);
        var touched = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var (loop, driver) = (_engine!.GetRequiredService<EngineLoop>(), _engine!.GetRequiredService<SimulatedDriver>());
        _engine!.GetRequiredService<HostGate>().Left = command =>
        {
            if (command.Release == release)
            {
                touched[command.Host.Id] = true;
            }
        };
        var most = _clock.GetUtcNow().AddHours(6);
        while (!Rollout.Ended && Rollout.Status != RolloutStatus.NeedsOperator && _clock.GetUtcNow() < most)
        {
            each?.Invoke();
            await loop.TickOnceAsync(CancellationToken.None);
            _clock.Advance(TimeSpan.FromSeconds(driver.InFlight > 0 ? 1 : 2));
        }

        output.WriteLine($"{release}: {Rollout.Status} in stage '{Rollout.Plan!.Stages[Math.Max(0, Rollout.Stage)].Name}', {touched.Count} hosts touched; {Rollout.Why} {Rollout.Evidence?.Sentence}");
        Assert.Equal(end, Rollout.Status);
        if (end == RolloutStatus.RolledBack)
        {
            Assert.All(WebHosts(), host => Assert.Equal(RehearsalFleet.FirstRelease, host.Release));
        }

        return [.. WebHosts().Where(host => touched.ContainsKey(host.Id))];
    }

    private IEnumerable<Host> WebHosts() => States.All<RegionFleet>(FleetStreams.Family).SelectMany(fleet => fleet.State.Hosts.Values).Where(host => host.Service == Service);

    private async Task StartAsync(string release)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(_clock);
        services.AddSingleton<IJournal, MemoryJournal>();
        services.AddSimulatedHosts(new SimulationOptions { FailedVisits = 0, HungVisits = 0 });
        services.AddSingleton<ITickPart, SimulatedFeed>();
        services.AddEngineCore();
        _engine = services.BuildServiceProvider();

        foreach (var (region, hosts) in new RehearsalFleet(1_200, 1).Regions())
        {
            await MustAsync(new PlaceHosts(region.Name, region.Partition, hosts, []));
        }

        Assert.Null(await SimulatedAlarms.SeedAsync(_engine.GetRequiredService<ICommands>(), States, CancellationToken.None));
        foreach (var known in SimulatedReleases.All.Where(known => known.Service == Service))
        {
            await MustAsync(new RegisterRelease(known));
        }

        await MustAsync(new AdoptRelease(Service, RehearsalFleet.FirstRelease));
        Assert.Empty(await ShippedPipelines.SeedAsync(_engine.GetRequiredService<ICommands>(), States, CancellationToken.None));
        await MustAsync(new StartRollout(Id, Service, release, "s3-web"));
    }

    private async Task MustAsync(ICommand command) =>
        Assert.Null((await _engine!.GetRequiredService<ICommands>().SendAsync(new(command, Actor.Person("ada", Role.Admin), "to see how far it comes"), CancellationToken.None)).Rejection);
}
