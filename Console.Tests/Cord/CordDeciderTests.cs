using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Journal;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Cord;

public sealed class CordDeciderTests
{
    private static readonly Actor Ada = Actor.Person("ada", Role.Approver);
    private static readonly Actor Bob = Actor.Person("bob", Role.Approver);
    private readonly MemoryJournal _journal = new();
    private readonly StreamStates _states = NewStates();
    private readonly CommandPath _path;

    public CordDeciderTests()
    {
        _path = new CommandPath(_journal, _states, [], new ManualClock());
        _path.SendAsync(new(new PlaceHosts("eu-west-1", "commercial", [HostIn("eu-west-1")], []), Actor.Engine)).GetAwaiter().GetResult();
    }

    private CordState State => _states.Get<CordState>(CordStreams.Only);

    [Fact]
    public async Task Pulling_raises_the_epoch_and_blocks_hosts_of_the_scope_only()
    {
        await _path.SendAsync(new(new PullCord(Scope.OfRegion("eu-west-1"), CordMode.Halt), Ada, "p99 doubled"));

        Assert.Equal(1, State.Epoch);
        Assert.NotNull(State.Blocks(HostIn("eu-west-1"), VisitPurpose.Forward));
        Assert.Null(State.Blocks(HostIn("eu-west-2"), VisitPurpose.Forward));
    }

    [Theory]
    [InlineData(CordMode.Halt, VisitPurpose.Forward, false)]
    [InlineData(CordMode.Halt, VisitPurpose.Rollback, false)]
    [InlineData(CordMode.Halt, VisitPurpose.ReadOnlyOn, false)]
    [InlineData(CordMode.HaltAndRollBack, VisitPurpose.Forward, false)]
    [InlineData(CordMode.HaltAndRollBack, VisitPurpose.Rollback, true)]
    [InlineData(CordMode.ReadOnly, VisitPurpose.ReadOnlyOn, true)]
    [InlineData(CordMode.ReadOnly, VisitPurpose.ReadOnlyOff, false)]
    [InlineData(CordMode.ReadOnly, VisitPurpose.Rollback, false)]
    public async Task Each_mode_lets_through_only_what_it_names(CordMode mode, VisitPurpose purpose, bool passes)
    {
        await _path.SendAsync(new(new PullCord(Scope.Global, mode), Ada));

        Assert.Equal(passes, State.Blocks(HostIn("eu-west-1"), purpose) is null);
    }

    [Fact]
    public async Task The_same_pull_again_changes_nothing()
    {
        await _path.SendAsync(new(new PullCord(Scope.Global, CordMode.Halt), Ada));
        var again = await _path.SendAsync(new(new PullCord(Scope.Global, CordMode.Halt), Bob));

        Assert.True(again.Accepted);
        Assert.Single(State.InForce);
    }

    [Fact]
    public async Task Releasing_needs_a_reason()
    {
        await _path.SendAsync(new(new PullCord(Scope.Global, CordMode.Halt), Ada));
        var refused = await _path.SendAsync(new(new ReleaseCord("c-1"), Ada));

        Assert.Equal("cord.reason-missing", refused.Rejection?.Code);
        Assert.Single(State.InForce);
    }

    [Fact]
    public async Task An_operator_pulls_but_does_not_release()
    {
        var eve = Actor.Person("eve", Role.Operator);
        Assert.True((await _path.SendAsync(new(new PullCord(Scope.Global, CordMode.Halt), eve))).Accepted);
        Assert.Equal("access.forbidden", (await _path.SendAsync(new(new ReleaseCord("c-1"), eve, "over"))).Rejection?.Code);
    }

    [Fact]
    public async Task Where_configured_a_second_person_must_confirm_the_release()
    {
        await _path.SendAsync(new(new RequireSecondPerson(true), Actor.Person("root", Role.Admin)));
        await _path.SendAsync(new(new PullCord(Scope.Global, CordMode.Halt), Ada));

        Assert.True((await _path.SendAsync(new(new ReleaseCord("c-1"), Ada, "fixed"))).Accepted);
        Assert.Single(State.InForce);
        Assert.Equal("cord.second-person", (await _path.SendAsync(new(new ReleaseCord("c-1"), Ada, "fixed"))).Rejection?.Code);
        Assert.True((await _path.SendAsync(new(new ReleaseCord("c-1"), Bob, "checked"))).Accepted);
        Assert.Empty(State.InForce);
    }

    [Fact]
    public async Task A_pull_survives_a_restart()
    {
        await _path.SendAsync(new(new PullCord(Scope.OfAz("eu-west-1a"), CordMode.ReadOnly), Ada, "why"));
        var states = NewStates();
        await new CommandPath(_journal, states, [], new ManualClock()).LoadAsync(CancellationToken.None);

        Assert.Single(State.InForce);
        Assert.Equivalent(State, states.Get<CordState>(CordStreams.Only));
    }

    [Theory]
    [InlineData("partition:moon")]
    [InlineData("region:eu-west-9")]
    [InlineData("az:eu-west-1z")]
    [InlineData("service:weeb")]
    public async Task A_scope_that_is_not_there_is_refused(string scope)
    {
        var refused = await _path.SendAsync(new(new PullCord(Scope.Parse(scope)!, CordMode.Halt), Ada));

        Assert.Equal("cord.unknown-scope", refused.Rejection?.Code);
        Assert.Empty(State.InForce);
    }

    private static StreamStates NewStates() =>
        new([
            new StreamFamily<CordState>(CordStreams.Family, regional: false, new CordDecider()),
            new StreamFamily<RegionFleet>(FleetStreams.Family, regional: true, new FleetDecider())]);

    private static Host HostIn(string region) => new("h1", "commercial", region, $"{region}a", "r1", HostRole.Web, "web", "m1", 0, HostDriver.Simulated);
}
