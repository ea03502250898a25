using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Tests.Reservations;

/// <summary>Three hosts in each AZ, of 100 bytes stored and 60 free unless a test says otherwise.</summary>
public sealed class ByteCheckTests
{
    private static readonly HostBytes Each = new(100, 60);

    [Fact]
    public void What_is_lost_must_find_room_in_its_AZ_without_the_host_asked_for()
    {
        var world = Over(new(Each, new Dictionary<string, HostBytes>()));
        Fail(world, "h1", HostState.Casualty);
        var refused = world.Send(LeaseWorld.Ask("r1", "h2"));
        Assert.Equal(
            ("reservation.insufficient-repair-capacity", "r1a", "bytes", "100", "60", "WaitForEvent"),
            (refused?.Code, refused?.Evidence["az"], refused?.Evidence["dimension"], refused?.Evidence["need"], refused?.Evidence["have"], refused?.Evidence["class"]));
        Assert.Null(world.Send(LeaseWorld.Ask("r2", "h4")));
    }

    [Fact]
    public void Room_that_is_enough_lets_the_host_go_and_a_host_at_planned_work_is_nothing_to_rebuild()
    {
        var world = Over(new(Each, new Dictionary<string, HostBytes> { ["h3"] = new(100, 100) }));
        Fail(world, "h1", HostState.Casualty);
        Assert.Null(world.Send(LeaseWorld.Ask("r1", "h2")));
        Assert.Equal("0", world.Send(LeaseWorld.Ask("r2", "h3"))?.Evidence["have"]);

        Fail(world, "h1", HostState.InService);
        Assert.Null(world.Send(LeaseWorld.Ask("r3", "h3")));
    }

    [Fact]
    public void The_offline_share_is_held_in_bytes_too_and_one_host_always_may()
    {
        var world = Over(new(new(10, 500), new Dictionary<string, HostBytes> { ["h1"] = new(300, 0) }), new() { OfflineShare = 0.7, MaxPerRack = null });
        Assert.Null(world.Send(LeaseWorld.Ask("r1", "h1")));
        var refused = world.Send(LeaseWorld.Ask("r2", "h2"));
        Assert.Equal(("reservation.insufficient-offline-capacity", "bytes", "300", "10", "224"), (refused?.Code, refused?.Evidence["dimension"], refused?.Evidence["out"], refused?.Evidence["need"], refused?.Evidence["limit"]));
    }

    [Fact]
    public void What_cannot_be_rebuilt_in_time_lets_nothing_further_go()
    {
        var world = Over(new(new(100, 1_000), new Dictionary<string, HostBytes>()) { RepairPerSecond = 2, RepairWithin = TimeSpan.FromSeconds(49) });
        Fail(world, "h1", HostState.Unknown);
        var refused = world.Send(LeaseWorld.Ask("r1", "h2"));
        Assert.Equal(("bandwidth", "100", "98"), (refused?.Evidence["dimension"], refused?.Evidence["need"], refused?.Evidence["have"]));
    }

    [Fact]
    public void Bytes_that_are_not_stated_pass()
    {
        var world = Over(null);
        Fail(world, "h1", HostState.Casualty);
        Assert.Null(world.Send(LeaseWorld.Ask("r1", "h2")));
    }

    [Fact]
    public void Counting_along_says_what_counting_anew_says()
    {
        var random = new Random(7);
        var bytes = new StoredBytes(Each, Enumerable.Range(1, 9).ToDictionary(n => $"h{n}", n => new HostBytes(n * 10, n)));
        var world = Over(bytes, new() { OfflineShare = 1, MaxPerRack = null, AzSerial = false, CasualtyBudget = null });
        for (var step = 0; step < 400; step++)
        {
            var host = $"h{random.Next(1, 10)}";
            switch (random.Next(4))
            {
                case 0:
                    Fail(world, host, (HostState)random.Next(5));
                    break;
                case 1:
                    world.Send(LeaseWorld.Ask($"q{step}", host) with { Kind = (WorkerKind)random.Next(3), Ttl = TimeSpan.FromSeconds(random.Next(1, 30)) });
                    break;
                case 2 when world.Held.Charged.TryGetValue(host, out var held):
                    world.Send(random.Next(2) == 0 ? new ReleaseReservation("r1", host, held.Token, HostHealth.Healthy) : new RebuildFinished("r1", host, held.Token));
                    break;
                default:
                    world.At(TimeSpan.FromSeconds(step));
                    world.Send(new ExpireReservations("r1"), "engine");
                    break;
            }

            foreach (var az in new[] { "r1a", "r1b", "r1c" })
            {
                var anew = new StoredBytes(Each, Enumerable.Range(1, 9).ToDictionary(n => $"h{n}", n => new HostBytes(n * 10, n)));
                Assert.Equal(anew.InAz(world.Held, world.States.Fleet, az, "storage"), bytes.InAz(world.Held, world.States.Fleet, az, "storage"));
            }
        }
    }

    private static LeaseWorld Over(StoredBytes? bytes, ReservationPolicy? policy = null) =>
        new(new PlacedSetsAuthority("placement", new(1, null, [new(false, 0)], []) { Bytes = bytes }), policy ?? new() { OfflineShare = 1, MaxPerRack = null, AzSerial = false });

    private static void Fail(LeaseWorld world, string host, HostState state) =>
        world.States.Fleet = world.States.Fleet with { Hosts = world.States.Fleet.Hosts.SetItem(host, world.States.Fleet.Hosts[host] with { State = state }) };
}
