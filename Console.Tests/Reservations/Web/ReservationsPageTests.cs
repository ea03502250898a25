using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Tests.World;
using OpsConsole.Web.Kit;
using OpsConsole.Web.Reservations;

namespace OpsConsole.Tests.Reservations;

/// <summary>What the page Reservations shows, without a browser.</summary>
public sealed class ReservationsPageTests : BunitContext
{
    private readonly LeaseWorld _world = new(policy: new() { OfflineShare = 1, AzSerial = false });

    public ReservationsPageTests()
    {
        Services.AddSingleton<TimeProvider>(new ManualClock(_world.Now));
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<SecondCount>();
        _world.Send(LeaseWorld.Ask("q1", "h1") with { Ttl = TimeSpan.FromHours(2) });
        _world.Send(LeaseWorld.Ask("q2", "h5") with { Ttl = TimeSpan.FromHours(1) }, "person:ben");
        _world.Send(LeaseWorld.Ask("q3", "h8"));
        _world.Send(new AdvanceReservation("r1", "h5", 1, ReservationState.Executing), "person:ben");
        _world.At(TimeSpan.FromMinutes(40));
        _world.Send(new ExpireReservations("r1"), "engine");
    }

    private ReservationsModel Model => ReservationsModel.Of(["r1"], false, _world.Held);

    [Fact]
    public void Held_hosts_come_in_the_order_in_which_their_leases_end_and_suspects_apart()
    {
        Assert.Equal(["h5", "h1"], Model.Live.Select(one => one.Host));
        Assert.Equal(["h8"], Model.Suspects.Select(one => one.Host));
        Assert.Equal("its lease ran out", Model.Suspects[0].Trouble);
        Assert.Contains("a sample of 100 shards", Model.Clears(Model.Suspects[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Taking_a_host_away_says_what_it_reaches()
    {
        Assert.Contains("held by person:ben for: because", ReservationsModel.BlastRadius(Model.Live[0]), StringComparison.Ordinal);
        Assert.Contains("the host becomes suspect", ReservationsModel.BlastRadius(Model.Live[0]), StringComparison.Ordinal);
        Assert.Contains("the host is free", ReservationsModel.BlastRadius(Model.Live[1]), StringComparison.Ordinal);
        _world.Send(new ForceRelease("r1", "h1"), "person:ben");
        Assert.Contains("person:ben proposed it; you would confirm it", ReservationsModel.BlastRadius(Model.Live[1]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ReservationState.Granted, "granted", StateKind.Idle)]
    [InlineData(ReservationState.Suspect, "suspect", StateKind.Warn)]
    [InlineData(ReservationState.WrittenOff, "written off", StateKind.Bad)]
    public void A_state_is_a_word_and_a_shape(ReservationState state, string words, StateKind kind) =>
        Assert.Equal((words, kind), (ReservationsModel.Words(state), ReservationsModel.Kind(state)));

    [Fact]
    public void Checks_are_listed_by_how_often_they_denied_with_how_often_they_were_passed()
    {
        _world.Send(new CountDenials("r1", System.Collections.Immutable.ImmutableSortedDictionary<ReservationCheck, long>.Empty.Add(ReservationCheck.RackConflict, 3).Add(ReservationCheck.PlacementConflict, 1_200)), "engine");
        var card = Render<ChecksCard>(all => all.Add(one => one.Lines, [.. Model.Denials]));
        Assert.Equal(["PlacementConflict", "1,200", "0", "RackConflict", "3", "0"], card.FindAll("td").Select(cell => cell.TextContent));
    }

    [Fact]
    public void The_card_of_tiers_says_what_is_not_stated_and_what_can_never_hold()
    {
        PlacedSets placed = new(1, null, [new(true, 0)], [new("s1", [.. Enumerable.Range(1, 9).Select(n => $"h{n}")], 5)]) { Steady = [new(true, 2)] };
        var card = Render<TiersCard>(all => all.Add(one => one.Lines, [
            new TierLine("index", null, null, null),
            new TierLine("storage", "the placement file of storage", ServiceTiers.Of(placed, _world.States.Fleet), [new("r1a", 300, 100, 100, 1_600)])]));
        Assert.Equal(
            [
                "index nobody answers", "While hosts are reserved (maintenance tier): not stated", "While nobody works (steady tier): not stated", "Hosts per set that may be reserved: not stated", "Bytes to rebuild / free: not stated",
                "storage the placement file of storage", "While hosts are reserved (maintenance tier): the loss of any AZ", "While nobody works (steady tier): the loss of any AZ and 2 more never holds",
                "Hosts per set that may be reserved: 1 (any 5 of 9, 3/3/3)", "Bytes to rebuild / free: r1a: 100 / 1,600",
            ],
            card.FindAll("dt, dd").Select(cell => string.Join(' ', cell.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        Assert.Contains("1 set, such as s1, cannot hold the steady tier", card.Find("p[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_pressed_twice_asks_once_and_reads_hosts_however_they_are_parted()
    {
        var form = new RequestForm { Hosts = "h1, h2\nh3", AsManyAsGo = true };
        var first = form.Command("r1");
        Assert.Equal("h1 h2 h3", string.Join(' ', first.Hosts));
        Assert.Equal((3, first.Request), (form.Command("r1").Max, form.Command("r1").Request));
        form.Again();
        Assert.NotEqual(first.Request, form.Command("r1").Request);
    }
}
