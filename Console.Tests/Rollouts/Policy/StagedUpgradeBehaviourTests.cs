using System.Text.Json;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Approvals;
using OpsConsole.Domain.Rollouts.Queue;
using OpsConsole.Tests.Scenarios;
using OpsConsole.Tests.World;
using Xunit.Abstractions;
using SmallFleet = OpsConsole.Tests.Scenarios.SmallFleet;

namespace OpsConsole.Tests.Rollouts.Policy;

/// <summary>
/// Service Fabric's behaviours, which are prose: each is answered by what it speaks of. One rule departs: a pipeline that is changed in mid-rollout does not change
/// the rollout, which keeps the version it was approved with; theirs takes the new policy at once.
/// </summary>
[Trait("Category", "Conformance")]
public sealed class StagedUpgradeBehaviourTests(ITestOutputHelper output)
{
    public static TheoryData<string> Behaviours => [.. Fixture.Read("servicefabric_staged_upgrade_health.json").GetProperty("behaviours").EnumerateArray().Select(row => row.GetRawText())];

    [Theory]
    [MemberData(nameof(Behaviours))]
    public async Task Behaves_as_theirs_where_it_can_happen_here(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var (when, then) = (given.GetProperty("given").GetString()!, given.GetProperty("then").GetString()!);
        bool Says(string words) => when.Contains(words, StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(then);
        await (Says("policy changed") ? AChangedPipelineIsForTheNextRollout()
            : Says("asks for V") ? ANewGoalIsReached()
            : Says("already completed") ? AStageThatHasBegunCannotBeLetOnAgain()
            : Says("manual") ? EachApprovalLetsOneStageBegin()
            : Unanswered());

        Task Unanswered()
        {
            output.WriteLine($"nothing of ours answers by name: {when} -> {then}");
            return Task.CompletedTask;
        }
    }

    private static async Task AChangedPipelineIsForTheNextRollout()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Phase: RunPhase.Baking });
        var (before, since) = (scenario.Rollout(), scenario.Run().BakeSince);
        await scenario.MustAsync(new SavePipeline(SmallFleet.Pipeline() with { Gates = [new("errors", Metrics.ErrorRate) { Max = 0.0001 }] }, "stricter"));
        await scenario.ForAsync(TimeSpan.FromSeconds(1));
        Assert.Equal((before.PipelineVersion, before.Pipeline!.Gates.Length, since), (scenario.Rollout().PipelineVersion, scenario.Rollout().Pipeline!.Gates.Length, scenario.Run().BakeSince));
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
    }

    private static async Task ANewGoalIsReached()
    {
        var scenario = await SmallFleet.StartedAsync(change: pipeline => pipeline with { Supersede = SupersedePolicy.Replace });
        await scenario.MustAsync(new RegisterRelease(SmallFleet.Release("3.0")));
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Az: "eub" });
        await scenario.MustAsync(new StartRollout("r3", "web", "3.0", "web"));
        await scenario.UntilAsync(() => scenario.Rollout("r3").Ended);
        Assert.Equal((RolloutStatus.Superseded, RolloutStatus.Completed), (scenario.Rollout().Status, scenario.Rollout("r3").Status));
        Assert.DoesNotContain(scenario.Hosts.Received, command => command.Host.Az == "euc" && command.Release == SmallFleet.New);
        scenario.LawsHold();
    }

    private static async Task AStageThatHasBegunCannotBeLetOnAgain()
    {
        var scenario = await ApprovedAsync();
        await scenario.UntilAsync(() => scenario.Rollout().Asked is not null);
        await ApproveAsync(scenario);
        await scenario.UntilAsync(() => scenario.Rollout().Stage == 1);
        var events = scenario.Events.Count;
        Assert.Equal("approval.stage-begun", (await scenario.SendAsync(new ApproveStage("r1", "first region", scenario.Rollout().PlanHash))).Rejection!.Code);
        Assert.Equal(events, scenario.Events.Count);
    }

    private static async Task EachApprovalLetsOneStageBegin()
    {
        var scenario = await ApprovedAsync();
        foreach (var (name, done) in new[] { ("first region", 0), ("rest", 1) })
        {
            await scenario.UntilAsync(() => scenario.Rollout().Asked?.Stage == name);
            await scenario.ForAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(done, scenario.Rollout().Stage);
            await ApproveAsync(scenario);
        }

        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
        scenario.LawsHold();
    }

    private static Task<Scenario> ApprovedAsync() =>
        SmallFleet.StartedAsync(change: pipeline => pipeline with { Stages = [pipeline.Stages[0], .. pipeline.Stages.Skip(1).Select(stage => stage with { Approval = new() })] });

    private static Task ApproveAsync(Scenario scenario) => scenario.MustAsync(new ApproveStage("r1", scenario.Rollout().Asked!.Stage, scenario.Rollout().PlanHash), "looked at it", Actor.Person("ann", Role.Approver));
}
