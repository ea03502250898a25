using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Journal;
using OpsConsole.Tests.FleetUpdate.Running;
using OpsConsole.Tests.Scenarios;

namespace OpsConsole.Tests.FleetUpdate.Travelling;

/// <summary>The storage hosts of <see cref="MaintenanceWorld"/> and a pipeline for their releases; after every commit each set is counted with one AZ lost besides.</summary>
internal sealed class TravelWorld
{
    public const string New = "2.0";

    private readonly MaintenanceWorld _maintenance;
    private readonly List<string> _short;

    private TravelWorld(MaintenanceWorld maintenance, List<string> shortSets) => (_maintenance, _short) = (maintenance, shortSets);

    public Scenario Scenario => _maintenance.Scenario;

    public FleetUpdateState State => _maintenance.State;

    public RegionReservations Held => _maintenance.Held;

    public RegionFleet Fleet => Scenario.Fleet();

    public Campaign Campaign => State.Campaigns["r1:0"];

    public IEnumerable<Visit> Visits => Scenario.Events.Select(one => one.Event).OfType<VisitsBegan>().SelectMany(began => began.Visits);

    public Wait? Wait => RunWait.Of(Scenario.Run(), RunDecider.Input(Scenario.States, "eu", "r1", null, Scenario.Clock.GetUtcNow()));

    /// <param name="k">Shards a set of all hosts needs: the fewer, the more may be out.</param>
    public static async Task<TravelWorld> StartedAsync(int perAz = 3, int k = 5, int killAfter = 0, Func<Pipeline, Pipeline>? change = null, ReservationPolicy? policy = null, Action<Scenario>? before = null, bool start = true)
    {
        var sets = new PlacedSets(1, null, [new(AzLost: true, ExtraFailures: 0)], [new("s1", [.. from az in "abc" from n in Enumerable.Range(1, perAz) select $"{az}{n}"], k)]);
        List<string> breaches = [];
        var maintenance = await MaintenanceWorld.StartedAsync(
            0, perAz, policy ?? new() { OfflineShare = 1, MaxPerRack = null, CasualtyBudget = 100 }, new PlacedSetsAuthority("placement", sets),
            services => services.AddSingleton<ICommitObserver>(provider => new SetWatch(provider.GetRequiredService<IStates>(), sets, breaches)));
        var world = new TravelWorld(maintenance, breaches);
        world.Scenario.Step = TimeSpan.FromSeconds(2);
        await world.Scenario.MustAsync(new RegisterRelease(MaintenanceWorld.Release(MaintenanceWorld.Old)));
        await world.Scenario.MustAsync(new AdoptRelease("storage", MaintenanceWorld.Old));
        await world.Scenario.MustAsync(new SavePipeline((change ?? (same => same))(Pipeline()), "the file"));
        before?.Invoke(world.Scenario);
        world.Scenario.KillAfter = killAfter;
        if (start)
        {
            await world.StartAsync();
        }

        return world;
    }

    public Task StartAsync() => Scenario.MustAsync(new StartRollout("r1", "storage", New, "storage"));

    /// <summary>And its release is marked.</summary>
    public async Task UntilEndedAsync()
    {
        await Scenario.UntilAsync(() => Scenario.Rollout().Ended && State.AtRest, TimeSpan.FromHours(4));
        await Scenario.ForAsync(TimeSpan.FromSeconds(4));
    }

    public Task UntilAsync(Func<bool> holds) => Scenario.UntilAsync(holds, TimeSpan.FromHours(1));

    public Visit? At(HostStep step) => Fleet.ActiveVisits.FirstOrDefault(visit => visit.Step == step);

    /// <summary>How everything ended, without times.</summary>
    public string End() =>
        string.Join('\n', Scenario.States.All<Rollout>(RolloutStreams.Family).OrderBy(one => one.Stream.Value, StringComparer.Ordinal).Select(one => $"{one.State.Id} {one.State.Status}")
            .Concat(Fleet.Hosts.Values.Select(host => $"{host.Id} {host.State} {host.Release}"))
            .Concat(State.Campaigns.Values.Select(one => $"{one.Order.Id} {one.Status} {string.Join(' ', one.Hosts.OrderBy(host => host.Key, StringComparer.Ordinal).Select(host => $"{host.Key}:{host.Value.End}"))}"))
            .Append($"out {State.Outages.Count}; charged {string.Join(' ', Held.Charged.Keys.Order(StringComparer.Ordinal))}"));

    public void LawsHold()
    {
        Scenario.LawsHold();
        Assert.Empty(_short);
        Assert.All(Visits, visit => Assert.NotNull(visit.Reservation));
    }

    private static Pipeline Pipeline() =>
        new("storage", "storage", [new("everywhere", StageHosts.Regions) { OneBox = Baking(4), Batch = new(2, Percent: false), AzBake = Baking(4), RegionBake = Baking(4) }])
        {
            Window = TimeSpan.FromSeconds(4),
            CapacityFloor = 0,
            Casualties = new(1, 1),
            Limits = new() { Visit = TimeSpan.FromMinutes(2), Batch = TimeSpan.FromMinutes(30), Az = TimeSpan.FromHours(2), Stage = TimeSpan.FromHours(3), Decision = TimeSpan.FromHours(6) },
            Rollback = new() { Bake = Baking(2) },
            Gates = [new("errors", Metrics.ErrorRate) { Max = 0.01, MinSamples = 10, Bad = 2, Of = 3 }],
        };

    private static Bake Baking(int seconds) => new(TimeSpan.FromSeconds(seconds), 0, TimeSpan.FromMinutes(1));

    private sealed class SetWatch(IStates states, PlacedSets sets, List<string> breaches) : ICommitObserver
    {
        public void Committed(ImmutableArray<Recorded> events)
        {
            var fleet = states.Get<RegionFleet>(FleetStreams.Of("eu"));
            var charged = states.Get<RegionReservations>(ReservationStreams.Of("eu")).Charged;
            foreach (var set in sets.Sets)
            {
                var there = set.Hosts.Select(fleet.Hosts.GetValueOrDefault).OfType<Host>().Where(host => host.State is HostState.InService or HostState.ReadOnly && !charged.ContainsKey(host.Id)).ToArray();
                var left = there.Length - there.GroupBy(host => host.Az).Select(az => az.Count()).DefaultIfEmpty(0).Max();
                if (fleet.Hosts.Count > 0 && left < set.K)
                {
                    breaches.Add($"{set.Id} has {left} of {set.K} left with an AZ lost, after {events[^1].Event}");
                }
            }
        }
    }
}
