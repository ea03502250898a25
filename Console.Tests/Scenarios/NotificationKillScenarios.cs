using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Notifications;

namespace OpsConsole.Tests.Scenarios;

/// <summary>Law 3 for what people are told: killed after any event, the same messages under the same ids, and none after the journal has its acknowledgement.</summary>
[Trait("Category", "Scenario")]
public sealed class NotificationKillScenarios
{
    public enum Story
    {
        Bad,
        Cord,
        Approval,
    }

    [Theory]
    [InlineData(Story.Bad)]
    [InlineData(Story.Cord)]
    [InlineData(Story.Approval)]
    public async Task Killed_after_every_event_nothing_is_lost_and_nothing_is_told_under_two_ids(Story story)
    {
        var (undisturbed, _) = await PlayAsync(story, 0);
        var told = Told(undisturbed);
        Assert.True(told.Length > 8, string.Join(", ", told));
        Assert.Equal(undisturbed.Receiver.Received.Count, told.Length);
        var firstLetter = undisturbed.Events.First(recorded => recorded.Event is SubscriptionSet).Sequence;
        for (var at = firstLetter; at <= undisturbed.Events.Count; at++)
        {
            var (killed, sent) = await PlayAsync(story, at);
            Assert.True(killed.Kills == 1, $"event {at} was never reached");
            var after = $"killed after event {at} of {undisturbed.Events.Count} ({undisturbed.Events[(int)at - 1].Event})";
            Assert.True(told.SequenceEqual(Told(killed)), $"{after}: lost {string.Join(", ", told.Except(Told(killed)))}; new {string.Join(", ", Told(killed).Except(told))}");
            Assert.All(sent.GroupBy(one => one.Id), letter => Assert.InRange(letter.Count(), 1, 2));
            foreach (var acknowledged in killed.Events.Where(recorded => recorded.Event is NoticeDelivered))
            {
                Assert.DoesNotContain(sent, one => one.Id == ((NoticeDelivered)acknowledged.Event).Delivery && one.After >= acknowledged.Sequence);
            }

            Assert.All(killed.States.All<NoticeBook>(NoticeStreams.Family).SelectMany(book => book.State.Notices).SelectMany(notice => notice.Deliveries), delivery => Assert.Equal(DeliveryState.Delivered, delivery.State));
            killed.LawsHold();
        }
    }

    /// <summary>With each letter, how many events there were when it came.</summary>
    private static async Task<(Scenario Scenario, List<(string Id, long After)> Sent)> PlayAsync(Story story, long killAfter)
    {
        var sent = new List<(string, long)>();
        var scenario = await NotificationScenarios.SubscribedAsync(
            [NotificationScenarios.Everything, NotificationScenarios.Everything with { Name = "web", Scopes = [Scope.OfService("web")], Transitions = [TransitionKind.StageBegan, TransitionKind.RolledBack, TransitionKind.Completed] }],
            it =>
            {
                it.KillAfter = killAfter;
                it.Receiver.Seen = letter => sent.Add((letter.Id, it.Events.Count));
                if (story == Story.Bad)
                {
                    NotificationScenarios.Sick(it);
                }
            },
            story == Story.Approval ? ApprovalScenarios.AskTwo : null);
        if (story == Story.Approval)
        {
            // It is asked again after the plan was changed; a killed engine looks before the approvals come, so the undisturbed one must, too.
            await scenario.UntilAsync(() => scenario.Rollout().Asked is not null);
            await ApprovalScenarios.ChangeAsync(scenario);
            await scenario.ForAsync(TimeSpan.FromSeconds(1));
            await ApprovalScenarios.ApproveAsync(scenario, Actor.Person("bob", Role.Approver));
            await ApprovalScenarios.ApproveAsync(scenario, Actor.Person("carol", Role.Approver));
        }

        if (story == Story.Cord)
        {
            await scenario.UntilAsync(() => scenario.Rollout().Stage == 1 && scenario.Run().Batch == 1);
            await scenario.MustAsync(new PullCord(Scope.OfRegion("eu"), CordMode.Halt));
            await scenario.ForAsync(TimeSpan.FromSeconds(2));
            await scenario.MustAsync(new ReleaseCord("c-1"));
            await scenario.MustAsync(new ResumeRollout("r1"));
        }

        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        await scenario.ForAsync(TimeSpan.FromSeconds(3));
        return (scenario, sent);
    }

    /// <summary>Each message once: who, what, its moment and its id.</summary>
    private static string[] Told(Scenario scenario) =>
        [.. scenario.Receiver.Received.Select(letter => $"{letter.To.Name} {letter.Content.Rollout} {letter.Content.Kind} {letter.Link} {letter.Id}").Distinct().Order(StringComparer.Ordinal)];
}
