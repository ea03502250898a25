using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Approvals;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Tests.Scenarios.Regression;

namespace OpsConsole.Tests.Scenarios;

/// <summary>People are told of each transition once, whatever happens to the engine and to whoever listens, and no rollout waits for that.</summary>
[Trait("Category", "Scenario")]
public sealed class NotificationScenarios
{
    internal static readonly Subscription Everything = new("all", Channel.Webhook, "https://receiver.example/hook");

    [Fact]
    public async Task A_good_rollout_tells_its_start_its_stages_and_its_end()
    {
        var scenario = await SubscribedAsync([Everything]);
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        await scenario.ForAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(["r1 Started", "r1 StageBegan", "r1 StageBegan", "r1 StageBegan", "r1 Completed"], scenario.Receiver.Told("all"));
        Assert.All(scenario.Receiver.Received, letter => Assert.StartsWith("/rollouts/r1?moment=", letter.Link, StringComparison.Ordinal));
        Assert.Equal(scenario.Receiver.Received.Count, scenario.Receiver.Received.Select(letter => letter.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_bad_release_tells_evidence_rollback_and_end_and_the_rollback_does_not_tell_them_twice()
    {
        var scenario = await SubscribedAsync([Everything], Sick);
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        await scenario.ForAsync(TimeSpan.FromSeconds(2));
        var began = Assert.Single(scenario.Receiver.Received, letter => letter.Content.Kind == TransitionKind.RollbackBegan);
        Assert.Contains("error-rate", began.Content.Evidence, StringComparison.Ordinal);
        Assert.Equal("gate", began.Content.By);
        Assert.Contains("r1-rb", began.Content.Wait!.What, StringComparison.Ordinal);
        Assert.Equal("r1 RolledBack", scenario.Receiver.Told("all").Last());
        Assert.DoesNotContain(scenario.Receiver.Told("all"), told => told is "r1-rb Started" or "r1-rb Completed");
    }

    [Fact]
    public async Task Each_subscription_hears_of_its_scopes_and_transitions_only_and_the_cord_of_whom_it_holds()
    {
        var scenario = await SubscribedAsync(
        [
            Everything with { Name = "us", Scopes = [Scope.OfRegion("us")], Transitions = [TransitionKind.StageBegan, TransitionKind.CordPulled, TransitionKind.CordReleased] },
            Everything with { Name = "eu", Scopes = [Scope.OfRegion("eu")], Transitions = [TransitionKind.CordPulled] },
            Everything with { Name = "ends", Scopes = [Scope.OfService("web")], Transitions = [TransitionKind.Completed] },
            Everything with { Name = "other", Scopes = [Scope.OfPartition("commercial")], Transitions = [TransitionKind.Abandoned] },
        ]);
        await scenario.MustAsync(new PullCord(Scope.OfAz("usa"), CordMode.Halt));
        await scenario.MustAsync(new ReleaseCord("c-1"));
        await scenario.UntilAsync(() => scenario.Rollout().Ended || scenario.Rollout().Status == RolloutStatus.Stopped);
        if (!scenario.Rollout().Ended)
        {
            await scenario.MustAsync(new RetryRollout("r1"));
            await scenario.UntilAsync(() => scenario.Rollout().Ended);
        }

        await scenario.ForAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(["az:usa CordPulled", "az:usa CordReleased", "r1 StageBegan", "r1 StageBegan"], scenario.Receiver.Told("us").Order(StringComparer.Ordinal));
        Assert.Empty(scenario.Receiver.Told("eu"));
        Assert.Equal(["r1 Completed"], scenario.Receiver.Told("ends"));
        Assert.Empty(scenario.Receiver.Told("other"));
    }

    [Fact]
    public async Task A_subscription_made_later_is_not_told_what_was_before()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Rollout().Stage == 1);
        await scenario.MustAsync(new SetSubscription(Everything));
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        await scenario.ForAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(["r1 StageBegan", "r1 Completed"], scenario.Receiver.Told("all"));
    }

    [Fact]
    public async Task A_receiver_that_hangs_holds_neither_the_rollout_nor_other_receivers()
    {
        var scenario = await SubscribedAsync([Everything, Everything with { Name = "hangs" }], it => it.Receiver.Answers = letter => letter.To.Name == "hangs" ? new TaskCompletionSource<SendOutcome>().Task : Task.FromResult(new SendOutcome(true, "taken")));
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        await scenario.ForAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
        Assert.Single(scenario.Receiver.Told("hangs"));
        Assert.Equal(5, scenario.Receiver.Told("all").Count());
    }

    [Fact]
    public async Task A_receiver_that_refuses_is_tried_twelve_times_within_a_day_each_pause_longer_then_it_shows_as_undelivered()
    {
        var times = new List<DateTimeOffset>();
        var scenario = await SubscribedAsync([Everything with { Transitions = [TransitionKind.Started] }], it =>
        {
            it.Receiver.Answers = _ => Task.FromResult(new SendOutcome(false, "answered 500"));
            it.Receiver.Seen = _ => times.Add(it.Clock.GetUtcNow());
        });
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        for (var minute = 0; minute < 25 * 60; minute++)
        {
            scenario.Clock.Advance(TimeSpan.FromMinutes(1));
            await scenario.ForAsync(TimeSpan.FromMilliseconds(400));
        }

        var delivery = Assert.Single(Book(scenario).Notices).Deliveries[0];
        Assert.Equal((DeliveryState.Undelivered, Retry.MostAttempts), (delivery.State, delivery.Attempts));
        Assert.Contains("answered 500", delivery.Detail, StringComparison.Ordinal);
        Assert.Equal(Retry.MostAttempts, times.Count);
        Assert.Single(scenario.Receiver.Received.Select(letter => letter.Id).Distinct());
        var pauses = times.Zip(times.Skip(1), (one, next) => next - one).ToArray();
        Assert.All(pauses.Zip(pauses.Skip(1)), pair => Assert.True(pair.Second >= pair.First - TimeSpan.FromMinutes(2), $"{pair.First}, then {pair.Second}"));
        Assert.True(times[^1] - times[0] < Retry.GivenUpAfter);
        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
    }

    [Fact]
    [Regression("gate-04")]
    public async Task Six_hours_of_waiting_for_approval_are_told_once_and_reminded_of_each_hour_none_twice()
    {
        var scenario = await WaitingAsync(TimeSpan.FromHours(1));
        await MinutesAsync(scenario, 359);
        Assert.Equal(["r1 ApprovalAsked", .. Enumerable.Range(1, 5).Select(n => $"r1 ApprovalAsked reminder {n}")], scenario.Receiver.Told("all"));
        Assert.Equal(6, scenario.Receiver.Received.Select(letter => letter.Id).Distinct().Count());
        Assert.All(scenario.Receiver.Received, letter => Assert.Contains("2 different with the role Approver", letter.Content.Wait!.Who, StringComparison.Ordinal));

        // Given the approvals, nobody is reminded any more.
        await scenario.MustAsync(new ApproveStage("r1", "rest", scenario.Rollout().PlanHash), "looked at it", Actor.Person("bob", Role.Approver));
        await scenario.MustAsync(new ApproveStage("r1", "rest", scenario.Rollout().PlanHash), "looked at it", Actor.Person("carol", Role.Approver));
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        await MinutesAsync(scenario, 120);
        Assert.Equal(6, scenario.Receiver.Received.Count);
    }

    [Fact]
    [Regression("gate-03")]
    public async Task An_approval_that_is_not_given_in_time_stops_the_rollout_and_tells_people_once()
    {
        var scenario = await WaitingAsync(null, TransitionKind.ApprovalAsked, TransitionKind.ApprovalExpired, TransitionKind.Asks);
        await MinutesAsync(scenario, (24 * 60) + 1);
        Assert.Equal(RolloutStatus.NeedsOperator, scenario.Rollout().Status);
        Assert.DoesNotContain(scenario.Hosts.Received, command => command.Host.Region == "us" && !command.Host.Validator);
        Assert.Equal(["r1 ApprovalAsked", "r1 ApprovalExpired"], scenario.Receiver.Told("all"));
        var told = scenario.Receiver.Received[^1].Content;
        Assert.Contains("not approved within 24 h", told.Why, StringComparison.Ordinal);
        Assert.Equal(("rest", "an operator"), (told.Stage, told.Wait!.Who));
    }

    [Fact]
    public async Task Reminders_missed_while_the_console_was_away_come_as_one()
    {
        var scenario = await WaitingAsync(TimeSpan.FromHours(1));
        scenario.Clock.Advance(TimeSpan.FromHours(5.5));
        await scenario.ForAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(["r1 ApprovalAsked", "r1 ApprovalAsked reminder 5"], scenario.Receiver.Told("all"));
    }

    [Fact]
    public async Task A_reminder_that_could_not_be_sent_gives_way_to_the_next_and_ends_with_the_wait()
    {
        var scenario = await WaitingAsync(TimeSpan.FromMinutes(5));
        scenario.Receiver.Answers = _ => Task.FromResult(new SendOutcome(false, "answered 503") { NotBefore = TimeSpan.FromHours(1) });
        await MinutesAsync(scenario, 22);
        Assert.Equal(1, Open(scenario));
        Assert.Equal(3, Book(scenario).Notices.SelectMany(notice => notice.Deliveries).Count(delivery => delivery.State == DeliveryState.Dropped));
        await scenario.MustAsync(new RefuseStage("r1", "rest"), "not today", Actor.Person("olga", Role.Operator));
        await scenario.ForAsync(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(Book(scenario).Notices, notice => notice is { Open: true, Content.Kind: TransitionKind.ApprovalAsked });

        await scenario.MustAsync(new RemoveSubscription("all"), "nobody listens");
        await scenario.ForAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(0, Open(scenario));
    }

    internal static void Sick(Scenario scenario) =>
        scenario.Health.Seen = (release, query, reading) => release == SmallFleet.New && query.Candidates.Any(host => host.EndsWith("b1", StringComparison.Ordinal)) && reading.Metric == Metrics.ErrorRate ? reading with { Value = 0.4 } : reading;

    internal static NoticeBook Book(Scenario scenario, string rollout = "r1") => scenario.States.Get<NoticeBook>(NoticeStreams.Of(rollout));

    internal static async Task<Scenario> SubscribedAsync(Subscription[] subscriptions, Action<Scenario>? before = null, Func<Pipeline, Pipeline>? change = null)
    {
        var scenario = await SmallFleet.StartedAsync(before, change, start: false);
        foreach (var subscription in subscriptions)
        {
            await scenario.MustAsync(new SetSubscription(subscription));
        }

        await scenario.MustAsync(new StartRollout("r1", "web", SmallFleet.New, "web"));
        return scenario;
    }

    /// <summary>Waits for the approval of its last stage, for a day; told of that and of nothing before.</summary>
    private static async Task<Scenario> WaitingAsync(TimeSpan? remind, params TransitionKind[] transitions)
    {
        var wanted = transitions.Length == 0 ? [TransitionKind.ApprovalAsked] : transitions;
        var scenario = await SubscribedAsync([Everything with { Remind = remind, Transitions = [.. wanted] }], null, pipeline => pipeline with
        {
            Stages = pipeline.Stages.SetItem(2, pipeline.Stages[2] with { Approval = new() { Count = 2 } }),
            Limits = pipeline.Limits with { Stage = TimeSpan.FromHours(48), Decision = TimeSpan.FromHours(24) },
        });
        await scenario.UntilAsync(() => scenario.Receiver.Received.Count == 1);
        return scenario;
    }

    /// <summary>Time as it passes for somebody who waits: a look a minute.</summary>
    private static async Task MinutesAsync(Scenario scenario, int minutes)
    {
        for (var end = scenario.Clock.GetUtcNow().AddMinutes(minutes); scenario.Clock.GetUtcNow() < end;)
        {
            scenario.Clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromMilliseconds(400));
            await scenario.ForAsync(TimeSpan.FromMilliseconds(400));
        }
    }

    private static int Open(Scenario scenario) => Book(scenario).Notices.SelectMany(notice => notice.Deliveries).Count(delivery => delivery.State == DeliveryState.Waiting);
}
