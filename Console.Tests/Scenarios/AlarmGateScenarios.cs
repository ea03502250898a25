using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Notifications;

namespace OpsConsole.Tests.Scenarios;

/// <summary>Rollouts gated by the alarms of the zones they touch.</summary>
[Trait("Category", "Scenario")]
public sealed class AlarmGateScenarios
{
    private static readonly Gate Alarms = new("alarms", AlarmGate.Metric) { Alarms = new([]), Max = 0, Missing = NoDataPolicy.Block };

    [Fact]
    public async Task An_alarm_of_a_zone_at_work_rolls_back_and_one_of_another_zone_does_not_matter()
    {
        var scenario = await StartAsync();
        await UntilAsync(scenario, () => scenario.Run().Az == "eua" && scenario.Run().Stage == 1);
        await UntilAsync(scenario, () => scenario.Run().Az == "eub", errorsIn: "usb");
        Assert.Equal((AlarmState.Alarm, RolloutStatus.Running), (State(scenario, "usb"), scenario.Rollout().Status));
        await UntilAsync(scenario, () => scenario.Rollout().Ended, errorsIn: "eub");
        SmallFleet.IsRolledBack(scenario);
        Assert.Contains("web/errors-eub", scenario.Rollout().Why, StringComparison.Ordinal);
        scenario.LawsHold();
    }

    [Fact]
    public async Task An_alarm_that_is_red_at_the_start_holds_the_first_host_back_until_it_is_over()
    {
        var scenario = await StartAsync(start: false);
        await UntilAsync(scenario, () => State(scenario, "eua") == AlarmState.Alarm, errorsIn: "eua");
        await scenario.MustAsync(new StartRollout("r1", "web", SmallFleet.New, "web"));
        for (var end = scenario.Clock.GetUtcNow().AddSeconds(30); scenario.Clock.GetUtcNow() < end;)
        {
            await UntilAsync(scenario, () => true, errorsIn: "eua");
        }

        Assert.Equal((RunPhase.Observing, RolloutStatus.Running), (scenario.Run().Phase, scenario.Rollout().Status));
        Assert.Empty(scenario.Run().Touched);
        await UntilAsync(scenario, () => scenario.Rollout().Ended);
        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
    }

    [Fact]
    public async Task Alarms_without_data_neither_pass_nor_roll_back_also_after_a_kill()
    {
        var scenario = await StartAsync();
        await UntilAsync(scenario, () => scenario.Run().Phase == RunPhase.Baking);
        scenario.KillAfter = scenario.Events[^1].Sequence + 1;
        await scenario.UntilAsync(() => scenario.Kills == 1);
        await scenario.ForAsync(TimeSpan.FromMinutes(2));
        Assert.Equal((RunPhase.Baking, RolloutStatus.Running), (scenario.Run().Phase, scenario.Rollout().Status));
        Assert.Contains("without data", RunWait.Of(scenario.Run(), RunDecider.Input(scenario.States, "eu", "r1", null, scenario.Clock.GetUtcNow()))!.What, StringComparison.Ordinal);
        await UntilAsync(scenario, () => scenario.Rollout().Ended);
        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
    }

    [Fact]
    public async Task Whoever_subscribed_is_told_that_an_alarm_went_off_and_that_it_is_over()
    {
        var scenario = await StartAsync(start: false);
        await scenario.MustAsync(new SetSubscription(NotificationScenarios.Everything));
        await UntilAsync(scenario, () => State(scenario, "eua") == AlarmState.Alarm, errorsIn: "eua");
        await UntilAsync(scenario, () => scenario.Receiver.Received.Count >= 2);
        Assert.Equal([TransitionKind.AlarmRaised, TransitionKind.AlarmCleared], scenario.Receiver.Received.Select(letter => letter.Content.Kind));
        Assert.All(scenario.Receiver.Received, letter => Assert.StartsWith("/alarms/web/errors-eua", letter.Link, StringComparison.Ordinal));
    }

    private static async Task<Scenario> StartAsync(bool start = true)
    {
        var scenario = await SmallFleet.StartedAsync(change: pipeline => pipeline with { Gates = [Alarms] }, start: false);
        await scenario.MustAsync(new PutAlarms("web", [.. from region in new[] { "eu", "us" } from az in new[] { "a", "b", "c" } select Alarm(region, region + az)]));
        await UntilAsync(scenario, () => State(scenario, "eua") == AlarmState.Ok && State(scenario, "usc") == AlarmState.Ok);
        if (start)
        {
            await scenario.MustAsync(new StartRollout("r1", "web", SmallFleet.New, "web"));
        }

        return scenario;
    }

    /// <summary>Five seconds' periods, so that the scenario stays short; silence is insufficient data.</summary>
    private static AlarmDefinition Alarm(string region, string az) => new($"errors-{az}", Scope.OfAz(az, region, "commercial"))
    {
        Service = "web",
        Rule = new([new("m", new StreamSelector("errors") { Az = az }, Statistic.Sum)], Comparison.GreaterThan, 5) { Period = TimeSpan.FromSeconds(5) },
    };

    private static AlarmState State(Scenario scenario, string az) => scenario.States.Get<AlarmGroup>(AlarmStreams.Of("web")).Alarms[$"errors-{az}"].State;

    /// <summary>Ticks until it holds, while every AZ hands in each tick: nothing, or errors where they are.</summary>
    private static async Task UntilAsync(Scenario scenario, Func<bool> holds, string? errorsIn = null)
    {
        var ticks = 0;
        await scenario.UntilAsync(() =>
        {
            ticks++;
            foreach (var az in new[] { "eua", "eub", "euc", "usa", "usb", "usc" })
            {
                scenario.Metrics.Add(new MetricStream("errors") { Service = "web", Az = az, Host = "h" }, az == errorsIn ? 10 : 0, scenario.Clock.GetUtcNow());
            }

            return ticks > 1 && holds();
        });
    }
}
