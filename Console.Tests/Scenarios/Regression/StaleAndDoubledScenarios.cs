using OpsConsole.Domain.Access;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Tests.Scenarios.Regression;

/// <summary>Two people, or one browser twice.</summary>
[Trait("Category", "Scenario")]
public sealed class StaleAndDoubledScenarios
{
    [Fact]
    [Regression("race-09")]
    public async Task Who_decided_on_an_old_picture_is_told_who_changed_it_and_nothing_happens()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Batch: 0 });
        await scenario.MustAsync(new PauseRollout("r1", TimeSpan.FromMinutes(10)));
        var seen = scenario.States.VersionOf(RolloutStreams.Of("r1"));
        var bob = Actor.Person("bob", Role.Admin);
        Assert.True((await scenario.SendAsync(new(new AbortRollout("r1"), Scenario.Ada, "it looks wrong", ExpectedVersion: seen))).Accepted);

        var refused = (await scenario.SendAsync(new(new ResumeRollout("r1"), bob, ExpectedVersion: seen))).Rejection!;

        Assert.Equal(("command.stale", "person:ada"), (refused.Code, refused.Evidence["changed-by"]));
        Assert.Contains("by person:ada", refused.Why, StringComparison.Ordinal);
        Assert.Contains("rollout.aborted", refused.Why, StringComparison.Ordinal);
        Assert.True(scenario.Rollout().Aborted);
    }

    [Fact]
    [Regression("race-10")]
    public async Task A_button_pressed_twice_is_one_event_and_two_equal_answers()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Batch: 0 });
        var first = await scenario.SendAsync(new(new AbortRollout("r1"), Scenario.Ada, "stop", IdempotencyKey: "stop-1"));
        var again = await scenario.SendAsync(new(new AbortRollout("r1"), Scenario.Ada, "stop", IdempotencyKey: "stop-1"));

        Assert.Equal(first, again);
        Assert.Single(scenario.Events, one => one.Event is RolloutAborted);
    }
}
