using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Tests.FleetUpdate.Travelling;

/// <summary>Law 3 for a rollout whose hosts are reserved: killed after any event, the engine ends where the undisturbed one does.</summary>
[Trait("Category", "Scenario")]
public sealed class TravelKillScenarios
{
    public enum Story
    {
        Good,
        Bad,
        AbortThenRetry,
        CordThenResume,

        /// <summary>The pull itself takes it back, and is never released.</summary>
        CordThatRollsBack,
    }

    [Theory]
    [InlineData(Story.Good)]
    [InlineData(Story.Bad)]
    [InlineData(Story.AbortThenRetry)]
    [InlineData(Story.CordThenResume)]
    [InlineData(Story.CordThatRollsBack)]
    public async Task Killed_after_every_event_it_ends_as_if_it_had_not_been(Story story)
    {
        var undisturbed = await PlayAsync(story, 0);
        var end = undisturbed.End();

        // What comes before is the same as in the good story.
        var begins = undisturbed.Scenario.Events.First(one => story switch
        {
            Story.Bad => one.Event is RollbackBegan,
            Story.AbortThenRetry => one.Event is RolloutAborted,
            Story.CordThenResume or Story.CordThatRollsBack => one.Event is CordPulled,
            _ => one.Event is RolloutStarted,
        }).Sequence;
        for (var at = (int)begins; at <= undisturbed.Scenario.Events.Count; at++)
        {
            var killed = await PlayAsync(story, at);
            Assert.True(killed.Scenario.Kills == 1, $"event {at} was never reached");
            Assert.True(end == killed.End(), $"killed after event {at} of {undisturbed.Scenario.Events.Count} ({undisturbed.Scenario.Events[at - 1].Event}):\n{killed.End()}\n{killed.Scenario.Describe()}\nundisturbed:\n{end}");
            Assert.True(
                Commands(undisturbed, story).SequenceEqual(Commands(killed, story)),
                $"killed after event {at} ({undisturbed.Scenario.Events[at - 1].Event}); only then: {string.Join(", ", killed.Scenario.CommandIds.Except(undisturbed.Scenario.CommandIds))}; only undisturbed: {string.Join(", ", undisturbed.Scenario.CommandIds.Except(killed.Scenario.CommandIds))}");
            killed.LawsHold();
        }
    }

    /// <summary>A host may have been granted and given back unbegun before the abort or not: then its next token is another.</summary>
    private static IEnumerable<string> Commands(TravelWorld world, Story story) =>
        story == Story.AbortThenRetry ? world.Scenario.Hosts.Received.Select(command => $"{command.Host.Id} {command.Step} {command.Release}").Order(StringComparer.Ordinal) : world.Scenario.CommandIds;

    private static async Task<TravelWorld> PlayAsync(Story story, int killAfter)
    {
        // One host an AZ is enough where batches do not matter: every event costs a whole run.
        var (perAz, k) = story is Story.Good or Story.AbortThenRetry ? (2, 3) : (1, 1);
        var world = await TravelWorld.StartedAsync(perAz, k, killAfter, change: it => it with { Stages = [it.Stages[0] with { OneBox = null }] }, before: story == Story.Bad ? TravelStopScenarios.BadFrom("b1") : null);
        if (story == Story.AbortThenRetry)
        {
            await world.UntilAsync(() => world.Fleet.Visits.TryGetValue("b1", out var visit) && visit.Status != VisitStatus.Active);
            await world.Scenario.WishAsync(new AbortRollout("r1"));
            await world.Scenario.ForAsync(TimeSpan.FromMinutes(1));
            await world.Scenario.WishAsync(new RetryRollout("r1"));
        }

        if (story == Story.CordThenResume)
        {
            await world.UntilAsync(() => world.Fleet.Visits.TryGetValue("b1", out var visit) && visit.Step >= HostStep.Start);
            await world.Scenario.MustAsync(new PullCord(Scope.OfRegion("eu"), CordMode.Halt));
            await world.Scenario.ForAsync(TimeSpan.FromMinutes(1));
            await world.Scenario.MustAsync(new ReleaseCord("c-1"));
            await world.Scenario.MustAsync(new ResumeRollout("r1"));
        }

        if (story == Story.CordThatRollsBack)
        {
            await world.UntilAsync(() => world.Fleet.Visits.TryGetValue("b1", out var visit) && visit.Step >= HostStep.Start);
            await world.Scenario.MustAsync(new PullCord(Scope.OfRegion("eu"), CordMode.HaltAndRollBack));
        }

        await world.UntilEndedAsync();
        return world;
    }
}
