using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Approvals;

namespace OpsConsole.Tests.Scenarios;

/// <summary>Every two commands of people, one right after the other, in both orders, in every state: a stop is never lost to anything that was not asked for after it, and all comes to an end.</summary>
[Trait("Category", "Scenario")]
public sealed class AllPairsScenarios
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(3);
    private static readonly Actor Bob = Actor.Person("bob", Role.Admin);

    private static readonly (string Name, Func<Scenario, ICommand?> Of)[] Commands =
    [
        ("pause", _ => new PauseRollout("r1", TimeSpan.FromMinutes(2))),
        ("resume", _ => new ResumeRollout("r1")),
        ("abort", _ => new AbortRollout("r1")),
        ("roll back", _ => new RollBackRollout("r1")),
        ("retry", _ => new RetryRollout("r1")),
        ("abandon", _ => new AbandonRollout("r1")),
        ("pull", _ => new PullCord(Scope.Global, CordMode.Halt)),
        ("release", it => it.States.Get<CordState>(CordStreams.Only).InForce is [var pull, ..] ? new ReleaseCord(pull.Id) : null),
        ("approve", it => it.Rollout().Asked is { } asked ? new ApproveStage("r1", asked.Stage, it.Rollout().PlanHash) : null),
        ("refuse", it => it.Rollout().Asked is { } asked ? new RefuseStage("r1", asked.Stage) : null),
        ("replan", _ => new ReplanRollout("r1")),
        ("start another", _ => new StartRollout("r2", "web", SmallFleet.New, "web")),
    ];

    public enum When
    {
        Working,
        Baking,
        Paused,
        Aborted,
        Asks,
        RollingBack,
        WaitsForApproval,
        UnderTheCord,
    }

    public static TheoryData<When> States => [.. Enum.GetValues<When>()];

    [Theory]
    [MemberData(nameof(States))]
    public async Task No_pair_of_commands_loses_a_stop_or_breaks_a_law(When when)
    {
        foreach (var first in Commands)
        {
            foreach (var second in Commands)
            {
                var scenario = await ReachAsync(when);
                var (one, other) = (await SendAsync(scenario, first.Of), await SendAsync(scenario, second.Of));
                var pair = $"{first.Name}, {second.Name} while {when}: {one?.Rejection?.Code ?? "accepted"}, {other?.Rejection?.Code ?? "accepted"}";
                var stopped = Stops(first.Name, one) && !(Begins(second.Name) && other is { Accepted: true }) || Stops(second.Name, other);
                var (events, left) = (scenario.Events.Count, scenario.Hosts.Received.Count);
                await scenario.ForAsync(TimeSpan.FromSeconds(3));
                if (stopped)
                {
                    Assert.True(scenario.Events.Skip(events).All(recorded => recorded.Event is not BatchBegan || !recorded.Stream.Key.EndsWith("/r1", StringComparison.Ordinal)), $"{pair}: a batch began after it");
                    Assert.True(scenario.Hosts.Received.Skip(left).All(command => command.Purpose != VisitPurpose.Forward || command.Step != HostStep.Drain || command.Id.StartsWith("r2/", StringComparison.Ordinal)), $"{pair}: a visit began after it");
                }

                await EndAsync(scenario, pair);
            }
        }
    }

    private static bool Stops(string command, CommandResult? result) => result is { Accepted: true } && command is "abort" or "roll back" or "abandon" or "pull" or "refuse";

    /// <summary>What somebody asks for after a stop may let it go on: that is another will, not a lost one.</summary>
    private static bool Begins(string command) => command is "resume" or "retry" or "release";

    private static async Task<CommandResult?> SendAsync(Scenario scenario, Func<Scenario, ICommand?> of) =>
        of(scenario) is { } command ? await scenario.SendAsync(command, command is ApproveStage ? Bob : null) : null;

    private static async Task<Scenario> ReachAsync(When when)
    {
        var scenario = await SmallFleet.StartedAsync(
            it =>
            {
                if (when == When.Asks)
                {
                    it.Health.Seen = (release, _, reading) => release == SmallFleet.New && reading.Metric == Metrics.ErrorRate ? reading with { Samples = 0 } : reading;
                }
            },
            pipeline => when == When.WaitsForApproval ? pipeline with { Stages = pipeline.Stages.SetItem(1, pipeline.Stages[1] with { Approval = new() { Count = 1 } }) } : pipeline);
        scenario.Step = TimeSpan.FromSeconds(0.5);
        switch (when)
        {
            case When.WaitsForApproval:
                await scenario.UntilAsync(() => scenario.Rollout().Asked is not null);
                break;
            case When.Asks:
                await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.NeedsOperator);
                break;
            case When.Baking:
                await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Phase: RunPhase.Baking });
                break;
            default:
                await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Phase: RunPhase.Working } && !scenario.Fleet().Active.IsEmpty);
                break;
        }

        ICommand? command = when switch
        {
            When.Paused => new PauseRollout("r1", TimeSpan.FromMinutes(5)),
            When.Aborted => new AbortRollout("r1"),
            When.RollingBack => new RollBackRollout("r1"),
            When.UnderTheCord => new PullCord(Scope.Global, CordMode.Halt),
            _ => null,
        };
        if (command is not null)
        {
            await scenario.MustAsync(command);
            await scenario.ForAsync(TimeSpan.FromSeconds(1));
        }

        return scenario;
    }

    /// <summary>Somebody releases the cord, and whatever waits for a person is given up; then all must end.</summary>
    private static async Task EndAsync(Scenario scenario, string pair)
    {
        scenario.Health.Seen = (_, _, reading) => reading;
        for (var end = scenario.Clock.GetUtcNow() + Longest; scenario.States.All<Rollout>(RolloutStreams.Family).Any(one => !one.State.Ended);)
        {
            Assert.True(scenario.Clock.GetUtcNow() < end, $"{pair}: it has not ended: {scenario.Describe()}");
            foreach (var pull in scenario.States.Get<CordState>(CordStreams.Only).InForce)
            {
                await scenario.SendAsync(new ReleaseCord(pull.Id));
            }

            foreach (var rollout in scenario.States.All<Rollout>(RolloutStreams.Family).Select(one => one.State).ToArray())
            {
                ICommand? decision = rollout switch
                {
                    { Status: RolloutStatus.Stopped or RolloutStatus.NeedsOperator } => new AbandonRollout(rollout.Id),
                    { Status: RolloutStatus.Paused } => new ResumeRollout(rollout.Id),
                    { Asked: { } asked, Ended: false } => new ApproveStage(rollout.Id, asked.Stage, rollout.PlanHash),
                    _ => null,
                };
                if (decision is not null)
                {
                    await scenario.SendAsync(decision, Bob);
                }
            }

            await scenario.ForAsync(TimeSpan.FromSeconds(10));
        }

        Assert.True(scenario.Laws.Breaches.Count == 0 && scenario.Hosts.Breaches.Count == 0, $"{pair}: {string.Join("; ", scenario.Laws.Breaches.Concat(scenario.Hosts.Breaches).Take(3))}");
    }
}
