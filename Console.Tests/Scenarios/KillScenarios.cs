using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Calendar;

namespace OpsConsole.Tests.Scenarios;

/// <summary>Law 3: killed after any event, the engine ends where the undisturbed one does, with the same host commands.</summary>
[Trait("Category", "Scenario")]
public sealed class KillScenarios
{
    public enum Story
    {
        Good,
        Bad,
        CordThenRollback,
        CordThenResume,

        /// <summary>Waits for a freeze to end, in the middle of a region.</summary>
        Freeze,

        /// <summary>Waits for two people's approval; a change of the plan voids the first one.</summary>
        Approval,
    }

    [Theory]
    [InlineData(Story.Good)]
    [InlineData(Story.Bad)]
    [InlineData(Story.CordThenRollback)]
    [InlineData(Story.CordThenResume)]
    [InlineData(Story.Freeze)]
    [InlineData(Story.Approval)]
    public async Task Killed_after_every_event_it_ends_as_if_it_had_not_been(Story story)
    {
        var undisturbed = await PlayAsync(story, killAfter: 0);
        var end = End(undisturbed);
        Assert.True(undisturbed.Rollout().Ended, undisturbed.Describe());
        for (var at = 1; at <= undisturbed.Events.Count; at++)
        {
            var killed = await PlayAsync(story, at);
            Assert.True(killed.Kills == 1, $"event {at} was never reached");
            Assert.True(end == End(killed), $"killed after event {at} of {undisturbed.Events.Count} ({undisturbed.Events[at - 1].Event}):\n{End(killed)}\nundisturbed:\n{end}");
            Assert.True(
                undisturbed.CommandIds.SequenceEqual(killed.CommandIds),
                $"killed after event {at} ({undisturbed.Events[at - 1].Event}); only then: {string.Join(", ", killed.CommandIds.Except(undisturbed.CommandIds))}; only undisturbed: {string.Join(", ", undisturbed.CommandIds.Except(killed.CommandIds))}");
            killed.LawsHold();
        }
    }

    private static async Task<Scenario> PlayAsync(Story story, int killAfter)
    {
        var scenario = await SmallFleet.StartedAsync(it =>
        {
            it.KillAfter = killAfter;
            if (story == Story.Bad)
            {
                it.Health.Seen = (release, query, reading) => release == SmallFleet.New && query.Candidates.Any(host => host.EndsWith("b1", StringComparison.Ordinal)) && reading.Metric == Metrics.ErrorRate ? reading with { Value = 0.4 } : reading;
            }
        }, story == Story.Approval ? ApprovalScenarios.AskTwo : null);
        if (story == Story.Freeze)
        {
            await scenario.MustAsync(new AddEntry(new("season", EntryKind.Freeze, Scope.Global, "2026-01-05 03:00:20 to 2026-01-05 03:03:00", "peak week") { Zone = "UTC" }));
            await scenario.UntilAsync(() => scenario.Run().Held is not null);
        }

        if (story == Story.Approval)
        {
            await ApprovalScenarios.ApprovedAfterAChangeAsync(scenario);
        }

        if (story is Story.CordThenRollback or Story.CordThenResume)
        {
            await scenario.UntilAsync(() => scenario.Rollout().Stage == 1 && scenario.Run().Batch == 1);
            await scenario.MustAsync(new PullCord(Scope.OfRegion("eu"), CordMode.Halt));
            await scenario.ForAsync(TimeSpan.FromSeconds(5));
            await scenario.MustAsync(new ReleaseCord("c-1"));
            await scenario.ForAsync(TimeSpan.FromSeconds(2));
            await scenario.MustAsync(story == Story.CordThenResume ? new ResumeRollout("r1") : new RollBackRollout("r1"));
        }

        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        await scenario.ForAsync(TimeSpan.FromSeconds(1));
        return scenario;
    }

    /// <summary>What counts at the end: statuses, releases, quarantine, hosts and their last visits; not the times.</summary>
    private static string End(Scenario scenario) =>
        string.Join("\n", scenario.States.All<Rollout>(RolloutStreams.Family).OrderBy(one => one.Stream.Value, StringComparer.Ordinal).Select(one => $"{one.State.Id} {one.State.Status} {one.State.Attempt}")
            .Concat(scenario.States.Get<ReleaseCatalog>(ReleaseStreams.Of("web")).Releases.Values.OrderBy(one => one.Release.Version, StringComparer.Ordinal).Select(one => $"{one.Release.Version} proven {one.ProvenBy} quarantined {one.QuarantinedBy}"))
            .Concat(SmallFleet.All(scenario).OrderBy(host => host.Id, StringComparer.Ordinal).Select(host => $"{host.Id} {host.Release} {host.State} {host.Token} {scenario.Fleet(host.Region).Visits.GetValueOrDefault(host.Id)?.Id}")));
}
