using OpsConsole.Domain.Access;
using OpsConsole.Domain.Access.Refusals;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Approvals;
using OpsConsole.Domain.Rollouts.Calendar;

namespace OpsConsole.Tests.Scenarios.Regression;

/// <summary>What users of other systems suffered while something was held by a person or by the calendar.</summary>
[Trait("Category", "Scenario")]
public sealed class HeldScenarios
{
    private static readonly Actor Bob = Actor.Person("bob", Role.Approver);

    [Fact]
    [Regression("gate-02")]
    public async Task A_rollback_asked_for_while_it_waits_for_approval_is_acted_on_at_once()
    {
        var scenario = await SmallFleet.StartedAsync(change: ApprovalScenarios.AskTwo);
        await scenario.UntilAsync(() => scenario.Rollout().Asked is not null);
        await scenario.MustAsync(new RollBackRollout("r1"), "customers complain");
        await scenario.UntilAsync(() => scenario.States.Get<Rollout>(RolloutStreams.Of("r1-rb")).Exists, TimeSpan.FromSeconds(2));
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        SmallFleet.IsRolledBack(scenario);
        scenario.LawsHold();
    }

    [Fact]
    [Regression("gate-05")]
    public async Task Each_stage_asks_once_in_its_own_turn_and_an_earlier_one_can_be_approved_no_more()
    {
        var scenario = await SmallFleet.StartedAsync(change: pipeline => pipeline with { Stages = [pipeline.Stages[0], Asking(pipeline.Stages[1]), Asking(pipeline.Stages[2]), .. pipeline.Stages.Skip(3)] });
        await scenario.UntilAsync(() => scenario.Rollout().Asked is not null);
        var first = scenario.Rollout().Asked!.Stage;
        await ApproveAsync(scenario, first);
        await scenario.UntilAsync(() => scenario.Rollout().Asked is { } asked && asked.Stage != first);
        var second = scenario.Rollout().Asked!.Stage;
        var again = await scenario.SendAsync(new ApproveStage("r1", first, scenario.Rollout().PlanHash), Bob);
        await scenario.ForAsync(TimeSpan.FromMinutes(2));

        Assert.False(again.Accepted);
        Assert.Equal(second, scenario.Rollout().Asked?.Stage);
        Assert.Equal([first, second], scenario.Events.Select(recorded => recorded.Event).OfType<ApprovalAsked>().Select(asked => asked.Stage));
        await ApproveAsync(scenario, second);
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
    }

    [Fact]
    [Regression("gate-06")]
    public async Task Who_may_not_approve_is_refused_and_written_down_and_may_stop_all_the_same()
    {
        var olga = Actor.Person("olga", Role.Operator);
        var scenario = await SmallFleet.StartedAsync(change: ApprovalScenarios.AskTwo);
        await scenario.UntilAsync(() => scenario.Rollout().Asked is not null);
        var stage = scenario.Rollout().Asked!.Stage;

        var pressed = await scenario.SendAsync(new ApproveStage("r1", stage, scenario.Rollout().PlanHash), olga, "looks well");
        Assert.Equal("access.forbidden", pressed.Rejection?.Code);
        var told = Assert.Single(scenario.Events, recorded => recorded.Event is AttemptRefused);
        Assert.Equal(("person:olga", "looks well"), (told.Actor, told.Reason));
        Assert.Equal(("ApproveStage", "rollout/r1", "access.forbidden"), told.Event is AttemptRefused refused ? (refused.Command, refused.On, refused.Code) : default);
        Assert.Empty(scenario.Rollout().Approvals);

        await scenario.MustAsync(new RefuseStage("r1", stage), "the graphs look wrong", olga);
        Assert.Equal(RolloutStatus.Stopped, scenario.Rollout().Status);
    }

    [Fact]
    [Regression("frz-01")]
    public async Task A_program_may_not_pass_a_freeze_the_incident_commander_may_with_a_reason_and_both_are_written_down()
    {
        var ci = new Actor(ActorKind.Token, "ci", [new(Role.Operator, Scope.Global)]);
        var commander = Actor.Person("ines", Role.Approver);
        var scenario = await SmallFleet.StartedAsync(start: false);
        await CalendarScenarios.FreezeAsync(scenario, minutes: 600);
        await scenario.MustAsync(new StartRollout("r1", "web", SmallFleet.New, "web"), "a commit", ci);
        await scenario.ForAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(scenario.Hosts.Received);

        var pass = new OverrideEntry("season", "r1", TimeSpan.FromHours(1));
        Assert.Equal("access.forbidden", (await scenario.SendAsync(pass, ci, "the build is green")).Rejection?.Code);
        await scenario.ForAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(scenario.Hosts.Received);
        await scenario.MustAsync(pass, "customers are hurt and this mends it", commander);
        await scenario.UntilAsync(() => scenario.Rollout().Ended, TimeSpan.FromHours(1));

        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
        Assert.Equal(("token:ci", "the build is green"), WhoAndWhy(Assert.Single(scenario.Events, recorded => recorded.Event is AttemptRefused)));
        Assert.Equal(("person:ines", "customers are hurt and this mends it"), WhoAndWhy(Assert.Single(scenario.Events, recorded => recorded.Event is EntryOverridden)));
    }

    [Theory]
    [Regression("frz-03")]
    [InlineData(null)]
    [InlineData("r1")]
    public async Task A_freeze_is_asked_where_host_commands_are_issued_whoever_issues_them(string? rollout)
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Run().Stage == 1 && scenario.Run().Phase == RunPhase.Baking);
        await CalendarScenarios.FreezeAsync(scenario, minutes: 600, Overrun.Pause);
        await scenario.UntilAsync(() => scenario.Run().Held is not null);
        var received = scenario.Hosts.Received.Count;

        var refused = (await scenario.SendAsync(Visit(VisitPurpose.Forward, rollout, "v1"), Actor.Engine)).Rejection;
        await scenario.ForAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(("calendar.closed", "season", received), (refused?.Code, refused?.Evidence["entries"], scenario.Hosts.Received.Count));

        // What stops or takes back is for no calendar to hold.
        await scenario.MustAsync(Visit(VisitPurpose.Rollback, rollout, "v2"), actor: Actor.Engine);
        await scenario.UntilAsync(() => scenario.Fleet().Visits["eu-b2"].Status == VisitStatus.Done, TimeSpan.FromMinutes(2));
    }

    [Fact]
    [Regression("frz-04")]
    public async Task Being_a_person_is_no_override_it_must_name_the_freeze_and_say_why()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Run().Stage == 1 && scenario.Run().Phase == RunPhase.Baking);
        await CalendarScenarios.FreezeAsync(scenario, minutes: 600);
        await scenario.UntilAsync(() => scenario.Run().Held is not null);

        await scenario.SendAsync(new ResumeRollout("r1"), Scenario.Ada);
        Assert.Equal("calendar.unknown", (await scenario.SendAsync(new OverrideEntry("another", "r1", TimeSpan.FromHours(1)), Scenario.Ada)).Rejection?.Code);
        Assert.Equal("calendar.reason-missing", (await scenario.SendAsync(new OverrideEntry("season", "r1", TimeSpan.FromHours(1)), Scenario.Ada, reason: null)).Rejection?.Code);
        await scenario.ForAsync(TimeSpan.FromMinutes(2));
        Assert.NotNull(scenario.Run().Held);

        await scenario.MustAsync(new OverrideEntry("season", "r1", TimeSpan.FromHours(1)), "the fix must go out");
        await scenario.UntilAsync(() => scenario.Run().Held is null, TimeSpan.FromSeconds(5));
        var passed = Assert.Single(scenario.States.Get<CalendarState>(CalendarStreams.Only).Overrides);
        Assert.Equal(("season", "r1", "the fix must go out"), (passed.Entry, passed.Rollout, passed.Reason));
    }

    [Theory]
    [InlineData("23:59:30", true)]
    [InlineData("23:58:59", true)]
    [InlineData("00:00:00", false)]
    [Regression("frz-05")]
    public void The_last_minute_of_a_window_belongs_to_it(string time, bool inside)
    {
        var schedule = Schedule.Parse("daily 18:00-24:00").Read!;
        var at = new DateTimeOffset(new DateOnly(2026, 3, 3).ToDateTime(TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture)), TimeSpan.Zero);
        Assert.Equal(inside, schedule.Covering(at, ZoneClock.Utc, [], careful: false) is not null);
    }

    private static BeginVisits Visit(VisitPurpose purpose, string? rollout, string id) =>
        new("eu", [new VisitOrder(id, "eu-b2", purpose, SmallFleet.Old, SmallFleet.Release(SmallFleet.Old).Digest, rollout, TimeSpan.FromMinutes(5))], 0);

    private static (string Who, string? Why) WhoAndWhy(Recorded recorded) => (recorded.Actor, recorded.Reason);

    private static PipelineStage Asking(PipelineStage stage) => stage with { Approval = new() { Count = 1, Within = TimeSpan.FromMinutes(30), Valid = TimeSpan.FromMinutes(10) } };

    private static Task ApproveAsync(Scenario scenario, string stage) => scenario.MustAsync(new ApproveStage("r1", stage, scenario.Rollout().PlanHash), "looked at it", Bob);
}
