using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Tests.Scenarios;

/// <summary>A rollout meets a host that a person holds.</summary>
[Trait("Category", "Scenario")]
public sealed class ReservationScenarios
{
    private static readonly Actor Bob = Actor.Person("bob", Role.Operator);

    [Theory]
    [InlineData(HostRole.Storage)]
    [InlineData(HostRole.Index)]
    public async Task A_rollout_takes_no_host_away_that_keeps_data_of_which_no_service_tells(HostRole role)
    {
        var scenario = await SmallFleet.StartedAsync(start: false);
        var host = scenario.Fleet("eu").Hosts.Values.First(one => !one.Validator);
        await scenario.MustAsync(new PlaceHosts("eu", "commercial", [host with { Id = "eu-kept", Role = role }], []));

        var refused = (await scenario.SendAsync(new StartRollout("r1", "web", SmallFleet.New, "web"))).Rejection;

        Assert.Equal(("rollout.stateful", "eu-kept"), (refused?.Code, refused?.Evidence["host"]));
        Assert.False(scenario.Rollout().Exists);
    }

    [Fact]
    public async Task A_rollout_goes_round_a_held_host_says_who_holds_it_and_takes_it_when_it_is_given_back()
    {
        var scenario = await SmallFleet.StartedAsync(start: false);
        await scenario.MustAsync(Ask("eu-b1"), "a new fan", Bob);
        await scenario.MustAsync(new StartRollout("r1", "web", SmallFleet.New, "web"));
        await scenario.UntilAsync(() => Wait(scenario)?.What.Contains("eu-b1", StringComparison.Ordinal) == true && scenario.Fleet().Active.IsEmpty);
        await scenario.ForAsync(TimeSpan.FromSeconds(30));

        var wait = Wait(scenario)!;
        Assert.Contains("person:bob holds (a new fan)", wait.What, StringComparison.Ordinal);
        Assert.Contains("person:bob", wait.Who, StringComparison.Ordinal);
        Assert.DoesNotContain(scenario.Hosts.Received, command => command.Host.Id == "eu-b1");
        var held = scenario.States.Get<RegionReservations>(ReservationStreams.Of("eu")).Charged["eu-b1"];
        await scenario.MustAsync(new ReleaseReservation("eu", "eu-b1", held.Token, HostHealth.Healthy), actor: Bob);
        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
        Assert.Equal(SmallFleet.New, scenario.Fleet().Hosts["eu-b1"].Release);
        scenario.LawsHold();
    }

    [Fact]
    public async Task A_rollback_does_not_wait_for_who_holds_a_host()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Fleet().Hosts["eu-b1"].Release == SmallFleet.New && scenario.Fleet().Active.IsEmpty);
        await scenario.MustAsync(Ask("eu-b1"), "a new fan", Bob);

        await scenario.MustAsync(new RollBackRollout("r1"), "customers complain");
        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        SmallFleet.IsRolledBack(scenario);
    }

    private static RequestReservations Ask(string host) => new("eu", $"q-{host}", [host], WorkerKind.Human, [new(ActivityKind.HardwareRepair)], TimeSpan.FromHours(1));

    private static Wait? Wait(Scenario scenario) =>
        RunWait.Of(scenario.Run(), RunDecider.Input(scenario.States, "eu", "r1", null, scenario.Clock.GetUtcNow()));
}
