using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Tests.Reservations;

/// <summary>A set of three hosts, of which two may be gone, and the release v2.</summary>
public sealed class VersionSkewTests
{
    private static readonly PlacedSets Placement = new(1, null, [new(false, 0)], [new("s1", ["h1", "h4", "h7"], 1)]);
    private readonly FixedStates _states = new();
    private readonly HashSet<string> _proven = [];
    private readonly ReservationDecider _decider;

    public VersionSkewTests()
    {
        _decider = new(new OneAuthority(new PlacedSetsAuthority("placement", Placement)), null, new Told(_proven));
        _states.Fleet = new("r1") { Hosts = HostDictionary<Host>.Of(Enumerable.Range(1, 9).Select(n => new Host($"h{n}", "p1", "r1", "r1a", $"k{n}", HostRole.Storage, "storage", "m1", n, HostDriver.Simulated) { Release = "v1" }), host => host.Id) };
        _states.Held = _states.Held with { Policy = new() { OfflineShare = 1 } };
    }

    [Fact]
    public void The_last_shard_under_another_release_is_kept_until_the_release_is_proven()
    {
        Runs("v2", "h4", "h7");
        var refused = Ask("h1", "v2");
        Assert.Equal(("reservation.version-skew", "s1", "v2", "h4,h7", "release:v2"), (refused?.Code, refused?.Evidence["set"], refused?.Evidence["release"], refused?.Evidence["on-it"], refused?.Evidence["wake-on"]));
        Assert.Null(Ask("h1", "v3"));

        _proven.Add("v2");
        Assert.Null(Ask("h1", "v2"));
    }

    [Fact]
    public void A_host_that_is_being_given_it_and_a_lost_one_are_no_shards_under_another_release()
    {
        Runs("v2", "h4");
        Assert.Null(Ask("h1", "v2"));
        _states.Held = _decider.Apply(_states.Held, new ReservationsGranted("q0", new(WorkerKind.PlannedAutomation, "person:ada"), [new(ActivityKind.Software, Artifact: "v2")], "because", null, null, Now.AddHours(1), 0, [new("h7", "r1a", "k7", "m1", "storage", 1, 1, null)], null), Now);
        Assert.Equal("reservation.version-skew", Ask("h1", "v2")?.Code);

        _states.Held = new RegionReservations("r1") { Policy = _states.Held.Policy };
        _states.Fleet = _states.Fleet with { Hosts = _states.Fleet.Hosts.SetItem("h7", _states.Fleet.Hosts["h7"] with { State = HostState.Casualty }) };
        Assert.Equal("reservation.version-skew", Ask("h1", "v2")?.Code);
    }

    [Fact]
    public void Work_that_brings_no_release_or_the_one_that_is_there_is_not_held_up()
    {
        Runs("v2", "h1", "h4", "h7");
        Assert.Null(Ask("h1", "v2"));
        Runs("v1", "h1");
        Assert.Null(_decider.Decide(_states.Held, LeaseWorld.Ask("q1", "h1") with { Activities = [new(ActivityKind.Firmware, Artifact: "v2")] }, Context).Rejection);
    }

    private static DateTimeOffset Now { get; } = new(2026, 1, 5, 3, 0, 0, TimeSpan.Zero);

    private DecisionContext Context => new(Now, LeaseWorld.Actor("person:ada"), "because", _states);

    private Rejection? Ask(string host, string release) =>
        _decider.Decide(_states.Held, LeaseWorld.Ask("q1", host) with { Activities = [new(ActivityKind.Software, Artifact: release)] }, Context).Rejection;

    private void Runs(string release, params string[] hosts)
    {
        foreach (var host in hosts)
        {
            _states.Fleet = _states.Fleet with { Hosts = _states.Fleet.Hosts.SetItem(host, _states.Fleet.Hosts[host] with { Release = release }) };
        }
    }

    private sealed class Told(HashSet<string> proven) : IProvenReleases
    {
        public bool IsProven(IStates states, Host host, string version) => proven.Contains(version);
    }
}
