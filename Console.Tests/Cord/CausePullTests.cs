using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Cord;

/// <summary>Pulls the console makes itself: one for each cause, by nobody else, over one service of one region.</summary>
public sealed class CausePullTests
{
    private static readonly PullCause Cause = new(PullKind.DurabilityFloor, "storage", "r1", 1, "a set of storage can lose 0 more shards", "the floor is 1", ["h1"]);
    private readonly StreamStates _states = new([
        new StreamFamily<CordState>(CordStreams.Family, regional: false, new CordDecider()),
        new StreamFamily<RegionFleet>(FleetStreams.Family, regional: true, new FleetDecider())]);

    private readonly CommandPath _path;

    public CausePullTests() => _path = new CommandPath(new MemoryJournal(), _states, [], new ManualClock());

    private CordState Cord => _states.Get<CordState>(CordStreams.Only);

    [Fact]
    public async Task A_cause_pulls_once_and_after_the_release_only_for_more()
    {
        await PlaceAsync();
        await MustAsync(new PullForCause(Cause));
        await MustAsync(new PullForCause(Cause with { Mark = 2 }));
        Assert.Equal(("c-1", 1L), (Assert.Single(Cord.InForce).Id, Cord.Epoch));
        await MustAsync(new RearmCauses([Cause.Key]));
        Assert.Single(Cord.Latches);

        await MustAsync(new ReleaseCord("c-1"));
        await MustAsync(new PullForCause(Cause));
        Assert.Empty(Cord.InForce);
        await MustAsync(new PullForCause(Cause with { Mark = 2 }));
        Assert.Equal("c-3", Assert.Single(Cord.InForce).Id);

        await MustAsync(new ReleaseCord("c-3"));
        await MustAsync(new RearmCauses([Cause.Key]));
        Assert.Empty(Cord.Latches);
        await MustAsync(new PullForCause(Cause));
        Assert.Single(Cord.InForce);
    }

    [Fact]
    public async Task Two_causes_are_two_pulls_and_a_pull_of_a_person_is_a_third()
    {
        await PlaceAsync();
        await MustAsync(new PullCord(Scope.OfStore("storage", "r1"), CordMode.HaltNotBegun));
        await MustAsync(new PullForCause(Cause));
        await MustAsync(new PullForCause(Cause with { Kind = PullKind.StalePlacement }));
        Assert.Equal([null, PullKind.DurabilityFloor, PullKind.StalePlacement], Cord.InForce.Select(pull => pull.Cause?.Kind));
    }

    [Fact]
    public async Task Only_the_console_pulls_for_a_cause()
    {
        await PlaceAsync();
        Assert.Equal("access.forbidden", (await _path.SendAsync(new(new PullForCause(Cause), Actor.Person("ada", Role.Admin), "because"))).Rejection?.Code);
        Assert.Equal("cord.unknown-scope", (await _path.SendAsync(new(new PullForCause(Cause with { Service = "index" }), Actor.Engine))).Rejection?.Code);
    }

    [Fact]
    public async Task It_holds_the_service_in_the_region_and_nothing_else()
    {
        await PlaceAsync();
        await MustAsync(new PullForCause(Cause));
        var hosts = _states.Get<RegionFleet>(FleetStreams.Of("r1")).Hosts;
        Assert.NotNull(Cord.Blocks(hosts["h1"], VisitPurpose.Forward));
        Assert.Null(Cord.Blocks(hosts["w1"], VisitPurpose.Forward));
        Assert.True(Cord.PulledSince(hosts["h1"], 0) && !Cord.PulledSince(hosts["w1"], 0));
        Assert.Null(Cord.Blocks(hosts["h1"] with { Region = "r2" }, VisitPurpose.Forward));
        Assert.Null(Cord.StopsWork(hosts["h1"], null));
    }

    [Theory]
    [InlineData("store:storage/r1", true)]
    [InlineData("store:storage", false)]
    [InlineData("store:/r1", false)]
    [InlineData("store:storage/r1/x", false)]
    public void A_store_is_written_as_its_service_and_its_region(string text, bool valid)
    {
        Assert.Equal(valid ? text : null, Scope.Parse(text)?.ToString());
        Assert.True(!valid || Scope.OfRegion("r1").Covers(Scope.Parse(text)!));
        Assert.False(valid && Scope.OfService("web").Covers(Scope.Parse(text)!));
    }

    private Task PlaceAsync() =>
        MustAsync(new PlaceHosts("r1", "p1", [new("h1", "p1", "r1", "r1a", "k1", HostRole.Storage, "storage", "m1", 0, HostDriver.Simulated), new("w1", "p1", "r1", "r1a", "k1", HostRole.Web, "web", "m1", 1, HostDriver.Simulated)], []));

    private async Task MustAsync(ICommand command)
    {
        var answer = await _path.SendAsync(new(command, Actor.Engine, "because"));
        Assert.True(answer.Accepted, answer.Rejection?.ToString());
    }
}
