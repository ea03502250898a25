using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Tests.Scenarios;

[Trait("Category", "Scenario")]
public sealed class CordScenarios
{
    [Theory]
    [InlineData(CordMode.Halt)]
    [InlineData(CordMode.HaltAndRollBack)]
    public async Task The_cord_pulled_after_any_event_stops_the_rollout_and_nothing_resumes_by_itself(CordMode mode)
    {
        var undisturbed = await SmallFleet.StartedAsync();
        await undisturbed.UntilAsync(() => undisturbed.Rollout().Ended);
        var started = (int)undisturbed.Events.First(one => one.Event is WaveOpened).Sequence;
        var ended = (int)undisturbed.Events.First(one => one.Event is RolloutCompleted).Sequence;
        for (var at = started; at < ended; at += 7)
        {
            var scenario = await SmallFleet.StartedAsync();
            scenario.AfterEvent(at, () => scenario.SendAsync(new PullCord(Scope.Global, mode)));
            await scenario.UntilAsync(() => scenario.Rollout() is { Status: RolloutStatus.Stopped or RolloutStatus.RolledBack or RolloutStatus.Completed });
            if (mode == CordMode.Halt && scenario.Rollout().Status == RolloutStatus.Stopped)
            {
                var left = scenario.Hosts.Received.Count;
                Assert.Equal("rollout.cord", (await scenario.SendAsync(new ResumeRollout("r1"))).Rejection?.Code);
                await scenario.ForAsync(TimeSpan.FromSeconds(35));
                await scenario.MustAsync(new ReleaseCord("c-1"));
                await scenario.ForAsync(TimeSpan.FromSeconds(10));
                Assert.Equal(left, scenario.Hosts.Received.Count);
                Assert.Equal(RolloutStatus.Stopped, scenario.Rollout().Status);
                await scenario.MustAsync(new ResumeRollout("r1"));
                await scenario.UntilAsync(() => scenario.Rollout().Ended);
                Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
            }

            scenario.LawsHold();
        }
    }

    [Fact]
    public async Task A_pull_released_before_the_next_tick_stops_the_rollout_all_the_same()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Run().Stage == 1 && scenario.Run().Phase == RunPhase.Working && scenario.Run().Batch == 0);
        await scenario.MustAsync(new PullCord(Scope.OfRegion("eu"), CordMode.Halt));
        await scenario.MustAsync(new ReleaseCord("c-1"));

        await scenario.ForAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(RolloutStatus.Stopped, scenario.Rollout().Status);
        scenario.LawsHold();
    }

    [Theory]
    [InlineData("pause", "resume")]
    [InlineData("pause", "retry")]
    [InlineData("pause", "rollback")]
    [InlineData("resume", "rollback")]
    [InlineData("retry", "rollback")]
    [InlineData("pause", "abort")]
    [InlineData("resume", "abort")]
    [InlineData("retry", "abort")]
    [InlineData("rollback", "abort")]
    [InlineData("abort", "abort")]
    public async Task Of_two_wishes_in_either_order_abort_wins_and_both_are_answered(string one, string other)
    {
        foreach (var wishes in new[] { new[] { one, other }, [other, one] })
        {
            var scenario = await SmallFleet.StartedAsync();
            await scenario.UntilAsync(() => scenario.Run().Stage == 1 && scenario.Run().Phase == RunPhase.Working && scenario.Run().Batch == 0);
            foreach (var wish in wishes)
            {
                await scenario.SendAsync(Wish(wish));
            }

            var left = scenario.Hosts.Received.Count;
            await scenario.ForAsync(TimeSpan.FromSeconds(5));
            if (wishes.Contains("abort") && (wishes[1] == "abort" || !wishes.Any(wish => wish is "retry" or "rollback")))
            {
                Assert.Equal((RolloutStatus.Stopped, true), (scenario.Rollout().Status, scenario.Rollout().Aborted));
                Assert.Equal(left, scenario.Hosts.Received.Count);
                Assert.Empty(scenario.Fleet().ActiveVisits);
            }

            scenario.LawsHold();
        }
    }

    [Fact]
    public async Task Hundreds_of_random_faults_break_no_law_and_every_rollout_ends_once_a_person_helps()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var bad = random.Next(3) == 0;
            var scenario = await SmallFleet.StartedAsync(it =>
            {
                it.KillAfter = random.Next(1, 300);
                it.Hosts.FaultOf = _ => random.Next(25) == 0 ? (Fault)random.Next(1, 7) : Fault.None;
                it.Health.Seen = (release, _, reading) => random.Next(40) == 0 ? reading with { Samples = 0 }
                    : random.Next(60) == 0 ? reading with { Failure = "timed out" }
                    : bad && release == SmallFleet.New && reading.Metric == Metrics.ErrorRate ? reading with { Value = 0.3 } : reading;
            });
            for (var act = 0; act < 3; act++)
            {
                await scenario.ForAsync(TimeSpan.FromSeconds(random.Next(1, 40)));
                await scenario.WishAsync(random.Next(6) switch
                {
                    0 => new PullCord(Scope.OfRegion("eu"), (CordMode)random.Next(2)),
                    1 when scenario.States.Get<CordState>(CordStreams.Only).InForce is [var pull, ..] => new ReleaseCord(pull.Id),
                    2 => Wish("pause"),
                    3 => Wish("resume"),
                    4 => Wish("retry"),
                    _ => Wish("resume"),
                });
            }

            await scenario.ForAsync(TimeSpan.FromMinutes(2));
            scenario.Hosts.FaultOf = _ => Fault.None;
            scenario.Health.Seen = (_, _, reading) => reading;
            for (var turn = 0; turn < 20 && !scenario.Rollout().Ended; turn++)
            {
                foreach (var pull in scenario.States.Get<CordState>(CordStreams.Only).InForce)
                {
                    await scenario.WishAsync(new ReleaseCord(pull.Id));
                }

                foreach (var id in new[] { "r1", "r1-rb" })
                {
                    await scenario.WishAsync(scenario.Rollout(id).Status == RolloutStatus.Paused ? new ResumeRollout(id) : new RetryRollout(id));
                }

                await scenario.ForAsync(TimeSpan.FromMinutes(1));
            }

            Assert.True(scenario.Laws.Breaches.Count == 0 && scenario.Hosts.Breaches.Count == 0, $"seed {seed}: {string.Join("; ", scenario.Laws.Breaches.Concat(scenario.Hosts.Breaches).Take(5))}");
            Assert.True(scenario.Rollout().Status is RolloutStatus.Completed or RolloutStatus.RolledBack, $"seed {seed}: {scenario.Describe()}");
        }
    }

    private static RolloutCommand Wish(string wish) =>
        wish switch
        {
            "pause" => new PauseRollout("r1", TimeSpan.FromMinutes(10)),
            "resume" => new ResumeRollout("r1"),
            "retry" => new RetryRollout("r1"),
            "rollback" => new RollBackRollout("r1"),
            _ => new AbortRollout("r1"),
        };
}
