using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.FleetUpdate.Orders;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Reservations.Authorities;
using OpsConsole.Tests.Scenarios;

namespace OpsConsole.Tests.FleetUpdate.Running;

/// <summary>A region of three AZs with three storage hosts each and sets of nine shards over all of them, run by the whole engine without real time.</summary>
internal sealed class MaintenanceWorld
{
    public const string Region = "eu";
    public const string Old = "1.0";

    private MaintenanceWorld(int perAz, ISafetyAuthority? authority, Action<IServiceCollection>? more) =>
        (Hosts, Scenario) = ([.. HostsOf(perAz)], new Scenario(more, engine => engine.GetRequiredService<AuthorityBook>().Set("storage", authority ?? new PlacedSetsAuthority("placement", Sets(perAz)))));

    public Scenario Scenario { get; }

    public ImmutableArray<Host> Hosts { get; }

    public ISafetyAuthorities Authorities => Scenario.Service<ISafetyAuthorities>();

    public FleetUpdateState State => Scenario.States.Get<FleetUpdateState>(FleetUpdateStreams.Of(Region));

    public RegionReservations Held => Scenario.States.Get<RegionReservations>(ReservationStreams.Of(Region));

    public static async Task<MaintenanceWorld> StartedAsync(int killAfter = 0, int perAz = 3, ReservationPolicy? policy = null, ISafetyAuthority? authority = null, Action<IServiceCollection>? more = null)
    {
        var world = new MaintenanceWorld(perAz, authority, more);
        world.Scenario.KillAfter = killAfter;
        world.Scenario.Step = TimeSpan.FromSeconds(1);
        foreach (var host in world.Hosts)
        {
            world.Scenario.Hosts.Runs(host.Id, Old);
        }

        await world.Scenario.MustAsync(new PlaceHosts(Region, "commercial", world.Hosts, []));
        await world.Scenario.MustAsync(new SetReservationPolicy(Region, policy ?? new()));
        await world.Scenario.MustAsync(new RegisterRelease(Release("2.0")));
        return world;
    }

    public static Release Release(string version) => new("storage", version, $"sha256:{new string(version[0], 64)}", false, "");

    /// <summary>An OS patch, a firmware and a release, all proven elsewhere; minutes of bake, quick hosts.</summary>
    public static CampaignOrder Order(string id = "m1", bool proven = true) =>
        new(id,
        [
            Activity(ActivityKind.OsPatch, "os-6.12", proven), Activity(ActivityKind.Firmware, "fw-2.1", proven), Activity(ActivityKind.Software, "2.0", proven),
        ])
        {
            Cycle = TimeSpan.FromSeconds(10),
            MaxOutage = TimeSpan.FromMinutes(5),
            CapShare = 0.4,
            Velocity = new(First: 400, Least: 100, Most: 4_000),
            VisitWithin = TimeSpan.FromDays(2),
        };

    public static MaintenanceActivity Activity(ActivityKind kind, string? version, bool proven = true) =>
        new(kind, version, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20)) { Bake = TimeSpan.FromSeconds(15), ProvenBy = proven && version is not null ? "us, last week" : null };

    public Task OrderAsync(CampaignOrder order) => Scenario.MustAsync(new OrderCampaign(Region, order));

    public Task UntilOverAsync(string id = "m1", TimeSpan? limit = null) => Scenario.UntilAsync(() => State.Campaigns.GetValueOrDefault(id)?.Over == true && State.Outages.IsEmpty, limit ?? TimeSpan.FromHours(3));

    /// <summary>How everything ended, without times and tokens of retries.</summary>
    public string End() =>
        string.Join('\n', Scenario.Fleet(Region).Hosts.Values.Select(host => $"{host.Id} {host.State} {host.Release} {host.OsPatch} {host.Firmware}")
            .Concat(State.Campaigns.Values.Select(one => $"{one.Order.Id} {one.Status} {one.Ledger.All.Hosts}/{one.Ledger.All.Casualties} {string.Join(' ', one.Hosts.OrderBy(host => host.Key, StringComparer.Ordinal).Select(host => $"{host.Key}:{host.Value.End}:{host.Value.Done}"))}"))
            .Append($"proven {string.Join(' ', State.Proven)}; out {State.Outages.Count}; charged {string.Join(' ', Held.Charged.Keys.Order(StringComparer.Ordinal))}"));

    private static IEnumerable<Host> HostsOf(int perAz) =>
        from az in new[] { "a", "b", "c" }
        from n in Enumerable.Range(1, perAz)
        select new Host($"{az}{n}", "commercial", Region, $"{Region}{az}", $"r{n}", HostRole.Storage, "storage", "m1", n - 1, HostDriver.Simulated) { Release = Old };

    public static PlacedSets Sets(int perAz) =>
        new(1, null, [new(AzLost: true, ExtraFailures: 0)], [.. Enumerable.Range(0, perAz).Select(first => new PlacedSet($"s{first}", [.. from az in "abc" from n in Enumerable.Range(0, 3) select $"{az}{((first + n) % perAz) + 1}"], 5))]);
}
