using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Approvals;
using OpsConsole.Tests.Scenarios.Regression;

namespace OpsConsole.Tests.Scenarios;

/// <summary>A rollout whose last stage asks for two people's approval.</summary>
[Trait("Category", "Scenario")]
public sealed class ApprovalScenarios
{
    private const string Stage = "rest";
    private static readonly Actor Bob = Actor.Person("bob", Role.Approver);
    private static readonly Actor Carol = Actor.Person("carol", Role.Approver);

    [Fact]
    public async Task A_stage_waits_for_two_people_and_names_who_may_and_until_when()
    {
        var scenario = await AskedAsync();
        var asked = scenario.Clock.GetUtcNow();
        await scenario.ForAsync(TimeSpan.FromMinutes(5));
        var wait = RolloutWait.Of(scenario.Rollout(), scenario.Clock.GetUtcNow())!;
        Assert.Contains(scenario.Rollout().PlanHash, wait.What, StringComparison.Ordinal);
        Assert.Contains("2 different with the role Approver", wait.Who, StringComparison.Ordinal);
        Assert.Contains("not person:ada", wait.Who, StringComparison.Ordinal);
        Assert.InRange(wait.Until, asked.AddMinutes(29), asked.AddMinutes(30));

        await ApproveAsync(scenario, Bob);
        await scenario.ForAsync(TimeSpan.FromSeconds(5));
        Assert.Contains("1 of 2, by person:bob", RolloutWait.Of(scenario.Rollout(), scenario.Clock.GetUtcNow())!.What, StringComparison.Ordinal);
        Assert.DoesNotContain(scenario.Hosts.Received, command => command.Host.Region == "us" && !command.Host.Validator);
        await ApproveAsync(scenario, Carol);
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
        scenario.LawsHold();
    }

    [Fact]
    public async Task Who_started_it_who_has_no_role_programs_and_the_same_person_twice_do_not_count()
    {
        var scenario = await AskedAsync();
        Assert.Equal("approval.four-eyes", (await SendAsync(scenario, Scenario.Ada))?.Code);
        Assert.Equal("approval.four-eyes", (await SendAsync(scenario, new Actor(ActorKind.Token, "ci", [new(Role.Admin, Scope.Global)])))?.Code);
        Assert.Equal("access.forbidden", (await SendAsync(scenario, Actor.Person("olga", Role.Operator)))?.Code);
        Assert.Equal("access.forbidden", (await SendAsync(scenario, Actor.Person("chen", Role.Approver, Scope.OfService("other"))))?.Code);
        Assert.Equal("approval.reason-missing", (await SendAsync(scenario, Bob, reason: null))?.Code);
        await ApproveAsync(scenario, Bob);
        await ApproveAsync(scenario, Bob);
        await scenario.ForAsync(TimeSpan.FromMinutes(1));
        Assert.NotNull(scenario.Rollout().Asked);
        Assert.Single(scenario.Rollout().Approvals);
    }

    [Fact]
    public async Task Any_change_of_the_plan_voids_approvals_and_shows_the_difference()
    {
        var scenario = await AskedAsync();
        var seen = scenario.Rollout().PlanHash;
        await ApproveAsync(scenario, Bob);
        await ChangeAsync(scenario);

        Assert.All(scenario.Rollout().Approvals, approval => Assert.Contains(seen, approval.Voided, StringComparison.Ordinal));
        Assert.Contains(scenario.Rollout().PlanChanges, line => line.Contains("us-c3", StringComparison.Ordinal) && line.Contains(Stage, StringComparison.Ordinal));
        var refused = (await scenario.SendAsync(new ApproveStage("r1", Stage, seen), Carol)).Rejection!;
        Assert.Equal("approval.plan-changed", refused.Code);
        Assert.Contains("us-c3", refused.Evidence["changes"], StringComparison.Ordinal);

        // Whoever changed the plan is one of its makers now.
        Assert.Equal("approval.four-eyes", (await SendAsync(scenario, Actor.Person("dan", Role.Admin)))?.Code);
        await ApproveAsync(scenario, Bob);
        await ApproveAsync(scenario, Carol);
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        Assert.Equal(SmallFleet.New, scenario.Fleet("us").Hosts["us-c3"].Release);
        scenario.LawsHold();
    }

    [Fact]
    public async Task A_new_plan_that_is_the_old_one_voids_nothing()
    {
        var scenario = await AskedAsync();
        await ApproveAsync(scenario, Bob);
        await scenario.MustAsync(new ReplanRollout("r1"));
        Assert.Null(Assert.Single(scenario.Rollout().Approvals).Voided);
    }

    [Fact]
    public async Task An_approval_that_is_not_used_in_time_does_not_count_any_more()
    {
        var scenario = await AskedAsync();
        await ApproveAsync(scenario, Bob);
        await scenario.ForAsync(TimeSpan.FromMinutes(11));
        await ApproveAsync(scenario, Carol);
        await scenario.ForAsync(TimeSpan.FromSeconds(5));
        Assert.NotNull(scenario.Rollout().Asked);
        await ApproveAsync(scenario, Bob);
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
    }

    [Fact]
    public async Task Without_an_approval_in_time_a_person_is_asked_and_going_on_asks_again()
    {
        var scenario = await AskedAsync();
        await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.NeedsOperator, TimeSpan.FromMinutes(31));
        Assert.Contains("not approved within 30 min", scenario.Rollout().Why, StringComparison.Ordinal);
        await scenario.MustAsync(new ResumeRollout("r1"));
        await scenario.UntilAsync(() => scenario.Rollout().Asked is not null);
        scenario.LawsHold();
    }

    [Fact]
    public async Task Anyone_on_call_may_refuse_and_that_stops_it_and_voids_what_was_given()
    {
        var scenario = await AskedAsync();
        await ApproveAsync(scenario, Bob);
        await scenario.MustAsync(new RefuseStage("r1", Stage), "the graphs look wrong", Actor.Person("olga", Role.Operator));
        Assert.Equal(RolloutStatus.Stopped, scenario.Rollout().Status);
        Assert.Contains("person:olga: the graphs look wrong", scenario.Rollout().Why, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(scenario.Rollout().Approvals).Voided);
        await scenario.MustAsync(new RollBackRollout("r1"));
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        SmallFleet.IsRolledBack(scenario);
    }

    [Fact]
    [Regression("gate-01")]
    public async Task Alarms_are_awake_while_it_waits_for_approval()
    {
        var sick = false;
        var scenario = await AskedAsync(it => it.Health.Seen = (release, _, reading) => sick && release == SmallFleet.New && reading.Metric == Metrics.ErrorRate ? reading with { Value = 0.4 } : reading);
        sick = true;
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        SmallFleet.IsRolledBack(scenario);
    }

    internal static Pipeline AskTwo(Pipeline pipeline) =>
        pipeline with { Stages = pipeline.Stages.SetItem(2, pipeline.Stages[2] with { Approval = new() { Count = 2, Within = TimeSpan.FromMinutes(30), Valid = TimeSpan.FromMinutes(10) } }) };

    internal static async Task ApprovedAfterAChangeAsync(Scenario scenario)
    {
        await scenario.UntilAsync(() => scenario.Rollout().Asked is not null);
        await ApproveAsync(scenario, Bob);
        await ChangeAsync(scenario);
        await ApproveAsync(scenario, Bob);
        await ApproveAsync(scenario, Carol);
    }

    private static async Task<Scenario> AskedAsync(Action<Scenario>? before = null)
    {
        var scenario = await SmallFleet.StartedAsync(before, AskTwo);
        await scenario.UntilAsync(() => scenario.Rollout().Asked is not null);
        return scenario;
    }

    /// <summary>A host joins the last AZ, and Dan plans anew.</summary>
    internal static async Task ChangeAsync(Scenario scenario)
    {
        scenario.Hosts.Runs("us-c3", SmallFleet.Old);
        await scenario.MustAsync(new PlaceHosts("us", "commercial", [new Host("us-c3", "commercial", "us", "usc", "r3", HostRole.Web, "web", "m1", 3, HostDriver.Simulated) { Release = SmallFleet.Old }], []));
        await scenario.MustAsync(new ReplanRollout("r1"), "a host has joined", Actor.Person("dan", Role.Admin));
    }

    internal static Task ApproveAsync(Scenario scenario, Actor who) => scenario.MustAsync(new ApproveStage("r1", Stage, scenario.Rollout().PlanHash), "looked at it", who);

    private static async Task<Rejection?> SendAsync(Scenario scenario, Actor who, string? reason = "looked at it") =>
        (await scenario.SendAsync(new ApproveStage("r1", Stage, scenario.Rollout().PlanHash), who, reason)).Rejection;
}
