using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.ProvingGround.Patients;
using OpsConsole.Engine.Journal;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.ProvingGround.Patients;

public sealed class PatientsDeciderTests
{
    private const string Region = "local-1";
    private static readonly Actor Ada = Actor.Person("ada", Role.Operator);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualClock _clock = new();
    private readonly StreamStates _states = new(
    [
        new StreamFamily<PatientsState>(PatientsStreams.Family, regional: true, new PatientsDecider()),
        new StreamFamily<RegionFleet>(FleetStreams.Family, regional: true, new FleetDecider()),
    ]);

    private readonly CommandPath _path;

    public PatientsDeciderTests()
    {
        _path = new CommandPath(new MemoryJournal(), _states, [], _clock);
        _path.SendAsync(new(new PlaceHosts(Region, "proving-ground", [Host("w", HostRole.Web), Host("s", HostRole.Storage), Host("i", HostRole.Index), Host("real", HostRole.Web) with { Driver = HostDriver.Agent }], []), Actor.Engine)).GetAwaiter().GetResult();
    }

    private PatientsState State => _states.Get<PatientsState>(PatientsStreams.Of(Region));

    [Fact]
    public async Task A_host_is_ill_until_it_is_healed_and_then_no_more()
    {
        Assert.Null(await SendAsync(new MakeIll(Region, "w", Ailment.Hung, null, Minute)));
        var illness = Assert.Single(State.Illnesses);
        Assert.Equal((_clock.GetUtcNow() + Minute, Ada.Id, "a drill"), (illness.Until, illness.By, illness.Reason));

        Assert.Null(await SendAsync(new Heal(Region, "w", null)));
        Assert.Empty(State.Illnesses);
    }

    [Theory]
    [InlineData(Ailment.Stopped)]
    [InlineData(Ailment.Killed)]
    [InlineData(Ailment.Hung)]
    [InlineData(Ailment.Lying)]
    [InlineData(Ailment.SkewedClock)]
    [InlineData(Ailment.SlowDisk)]
    [InlineData(Ailment.FullDisk)]
    [InlineData(Ailment.PowerLoss)]
    [InlineData(Ailment.IgnoredSync)]
    public async Task An_index_host_can_have_it(Ailment ailment)
    {
        Assert.Null(await SendAsync(new MakeIll(Region, "i", ailment, null, Minute)));
        Assert.Equal(("i", ailment), (Assert.Single(State.Illnesses).Host, State.Illnesses[0].Ailment));
    }

    [Fact]
    public async Task Asking_again_moves_the_end()
    {
        await SendAsync(new MakeIll(Region, "s", Ailment.SlowDisk, 100, Minute));
        await SendAsync(new MakeIll(Region, "s", Ailment.SlowDisk, 300, 2 * Minute));

        var illness = Assert.Single(State.Illnesses);
        Assert.Equal((300, _clock.GetUtcNow() + (2 * Minute)), (illness.Amount, illness.Until));
    }

    [Fact]
    public async Task Its_time_is_over_when_it_is_and_not_before()
    {
        await SendAsync(new MakeIll(Region, "w", Ailment.Lying, null, Minute));
        await SendAsync(new MakeIll(Region, "w", Ailment.Killed, null, Minute));

        Assert.Empty(State.Over(_clock.GetUtcNow() + Minute - TimeSpan.FromSeconds(1)));
        Assert.Equal(Ailment.Lying, Assert.Single(State.Over(_clock.GetUtcNow() + Minute)).Ailment);
    }

    [Theory]
    [InlineData("nobody", Ailment.Hung, null, 60, "ground.no-such-host")]
    [InlineData("real", Ailment.Hung, null, 60, "ground.not-a-patient")]
    [InlineData("w", Ailment.CorruptShards, 1, 60, "ground.role")]
    [InlineData("s", Ailment.Drained, null, 60, "ground.role")]
    [InlineData("i", Ailment.Drained, null, 60, "ground.role")]
    [InlineData("i", Ailment.CorruptShards, 1, 60, "ground.role")]
    [InlineData("w", Ailment.PowerLoss, null, 60, "ground.role")]
    [InlineData("w", Ailment.IgnoredSync, null, 60, "ground.role")]
    [InlineData("s", Ailment.SlowDisk, 0, 60, "ground.amount")]
    [InlineData("s", Ailment.SlowDisk, 5_001, 60, "ground.amount")]
    [InlineData("w", Ailment.SkewedClock, -3_601, 60, "ground.amount")]
    [InlineData("w", Ailment.Hung, 5, 60, "ground.amount")]
    [InlineData("w", Ailment.Hung, null, 0, "ground.duration")]
    [InlineData("w", Ailment.Hung, null, 3_601, "ground.duration")]
    public async Task What_may_not_be_is_refused_and_changes_nothing(string host, Ailment ailment, int? amount, int seconds, string code)
    {
        Assert.Equal(code, await SendAsync(new MakeIll(Region, host, ailment, amount, TimeSpan.FromSeconds(seconds))));
        Assert.Empty(State.Illnesses);
    }

    [Fact]
    public async Task It_takes_a_reason_and_an_operator()
    {
        Assert.Equal("ground.reason-missing", await SendAsync(new MakeIll(Region, "w", Ailment.Hung, null, Minute), reason: " "));
        Assert.Equal("access.forbidden", await SendAsync(new MakeIll(Region, "w", Ailment.Hung, null, Minute), Actor.Person("eve", Role.Viewer)));
        Assert.Empty(State.Illnesses);
    }

    private static Host Host(string id, HostRole role) => new(id, "proving-ground", Region, Region + "a", "r1", role, "web", "loopback", 0, HostDriver.ProvingGround);

    private async Task<string?> SendAsync(OpsConsole.Domain.Journal.ICommand command, Actor? actor = null, string reason = "a drill") =>
        (await _path.SendAsync(new(command, actor ?? Ada, reason))).Rejection?.Code;
}
