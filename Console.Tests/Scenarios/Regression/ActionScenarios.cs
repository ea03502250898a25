using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Tests.Scenarios.Regression;

/// <summary>What may be done is one answer, whoever asks.</summary>
[Trait("Category", "Scenario")]
public sealed class ActionScenarios
{
    [Fact]
    [Regression("ui-04")]
    public async Task What_pages_and_API_list_as_possible_is_what_the_command_path_accepts_in_every_state()
    {
        var seen = new HashSet<RolloutStatus>();
        for (var wish = 0; wish < 6; wish++)
        {
            foreach (var until in new[] { RolloutStatus.Planned, RolloutStatus.Running, RolloutStatus.Paused, RolloutStatus.Stopped, RolloutStatus.RollingBack, RolloutStatus.RolledBack, RolloutStatus.Abandoned })
            {
                var scenario = await ReachAsync(until);
                seen.Add(scenario.Rollout().Status);
                var listed = RolloutDrawing.Draw(scenario.States, "r1", scenario.Clock.GetUtcNow())!.Intents;
                RolloutCommand[] commands = [new PauseRollout("r1", TimeSpan.FromHours(1)), new ResumeRollout("r1"), new AbortRollout("r1"), new RollBackRollout("r1"), new RetryRollout("r1"), new AbandonRollout("r1")];
                var (command, answer) = (commands[wish], listed[wish]);
                var before = scenario.States.VersionOf(RolloutStreams.Of("r1"));

                var result = await scenario.SendAsync(command);

                var changed = scenario.States.VersionOf(RolloutStreams.Of("r1")) > before;
                Assert.True((answer.Why is null) == (result.Accepted && changed), $"{answer.Intent} at {until}: listed with '{answer.Why}', answered with '{result.Rejection}', changed: {changed}");
                Assert.True(answer.Why is null || !result.Accepted || answer.Why == "It is so already.");
                Assert.True(result.Accepted || result.Rejection!.Why == answer.Why);
            }
        }

        Assert.Equal(7, seen.Count);
    }

    private static async Task<Scenario> ReachAsync(RolloutStatus status)
    {
        var scenario = await SmallFleet.StartedAsync();
        if (status != RolloutStatus.Planned)
        {
            await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Batch: 0 });
        }

        ICommand? command = status switch
        {
            RolloutStatus.Paused => new PauseRollout("r1", TimeSpan.FromMinutes(10)),
            RolloutStatus.Stopped or RolloutStatus.Abandoned => new AbortRollout("r1"),
            RolloutStatus.RollingBack or RolloutStatus.RolledBack => new RollBackRollout("r1"),
            _ => null,
        };
        if (command is not null)
        {
            await scenario.MustAsync(command);
        }

        if (status == RolloutStatus.Abandoned)
        {
            await scenario.UntilAsync(() => Remains.Of(scenario.Rollout(), scenario.States).IsEmpty);
            await scenario.MustAsync(new AbandonRollout("r1"));
        }

        await scenario.UntilAsync(() => scenario.Rollout().Status == status);
        return scenario;
    }
}
