using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Engine.Reservations.Authorities;
using OpsConsole.Tests.Durability;

namespace OpsConsole.Tests.Reservations;

/// <summary>The gate asks a store of the world for its own placement, as it is at that moment.</summary>
public sealed class StoreAuthoritiesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 30, TimeSpan.Zero);
    private readonly ScriptedStore _store = new();
    private readonly RegionFleet _fleet;
    private readonly AuthorityBook _book;

    public StoreAuthoritiesTests()
    {
        _fleet = new("eu-9") { Hosts = HostDictionary<Host>.Of(_store.Shown!.Placement.Hosts.Select(host => HostOf(host.Id)), host => host.Id) };
        _book = new(new StoreAuthorities(() => [_store]));
    }

    [Fact]
    public void A_storage_host_is_judged_by_the_sets_the_store_has_now()
    {
        var answer = Ask("eu-9a-0");
        Assert.Null(answer.Objection);
        Assert.Equal((0, TimeSpan.FromSeconds(30), 1L), (answer.Slack, answer.Age, answer.Epoch));

        _store.Shown = _store.Shown! with { Placement = _store.Shown!.Placement with { Epoch = 2 } };
        Assert.Equal(2, Ask("eu-9a-0").Epoch);
    }

    [Fact]
    public void A_host_the_store_does_not_hear_of_counts_as_gone_until_it_is_back()
    {
        var shared = Enumerable.Range(0, _store.Shown!.Placement.Sets).Select(set => _store.Shown.Placement.HostsOf(set).ToArray()).First(hosts => hosts.Contains(0)).First(host => _store.Shown.Placement.Hosts[host].Az == 1);
        _store.Lose(shared);
        Assert.Contains(_store.Shown.Placement.Hosts[shared].Id, Ask("eu-9a-0").Objection!.Blocking);

        _store.Lose();
        Assert.Null(Ask("eu-9a-0").Objection);
    }

    [Fact]
    public void A_file_speaks_before_the_store_and_web_hosts_need_neither()
    {
        _book.Set("storage", new BrokenAuthority("the file of storage", "it is torn"));
        Assert.Equal("it is torn", Ask("eu-9a-0").Unreachable);
        Assert.IsType<StatelessAuthority>(_book.For(HostOf("w1") with { Role = HostRole.Web, Service = "web" }));
    }

    [Fact]
    public void A_store_nobody_tells_of_covers_no_host()
    {
        _store.Shown = null;
        Assert.Null(_book.For(_fleet.Hosts["eu-9a-0"]));
    }

    private SafetyAnswer Ask(string host) => _book.For(_fleet.Hosts[host])!.Ask(new(new RegionReservations("eu-9"), _fleet, _fleet.Hosts[host], SafetyTier.Maintenance, Now));

    private static Host HostOf(string id) => new(id, "commercial", "eu-9", id[..Math.Min(5, id.Length)], "r1", HostRole.Storage, "storage", "m1", 0, HostDriver.Agent);
}
