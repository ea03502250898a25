using System.Collections.Immutable;
using System.Text.Json;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Tests.World;
using SmallFleet = OpsConsole.Tests.Scenarios.SmallFleet;

namespace OpsConsole.Tests.Rollouts;

/// <summary>Argo Rollouts' way back to an earlier revision, and its command that goes on.</summary>
[Trait("Category", "Conformance")]
public sealed class RollbackAndPromoteConformanceTests
{
    private static readonly JsonElement Facts = Fixture.Read("argo_rollback_deadline_promote.json");

    public static TheoryData<string> Windows => [.. Facts.GetProperty("rollback_window").EnumerateArray().Select(row => row.GetRawText())];

    public static TheoryData<string> Promotions => [.. Facts.GetProperty("promote_command").EnumerateArray().Select(row => row.GetRawText())];

    /// <summary>
    /// Theirs goes back fast only to what lies within a window of revisions, whatever is known of it. Ours goes back fast to any release that was proven good, and to no other: how far back it lies
    /// says nothing of how well it is known.
    /// </summary>
    [Theory]
    [MemberData(nameof(Windows))]
    public void The_way_back_leads_to_what_was_proven_good_however_far_it_lies_back(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var (stable, target) = (given.GetProperty("stable").GetString()!, given.GetProperty("target").GetString());
        var revisions = Facts.GetProperty("revisions_created").EnumerateArray().Select(one => one.GetString()!.Split(' ')[0]).ToArray();
        var newest = new DateTimeOffset(2026, 1, 5, 3, 0, 0, TimeSpan.Zero);
        ReleaseCatalog Proven(Func<string, bool> proven) =>
            new("web")
            {
                Releases = revisions.Select((revision, age) => new ReleaseStanding(new("web", revision, $"sha256:{age}", false, ""), newest.AddMinutes(age), null, proven(revision) ? newest.AddMinutes(age) : null, null, null))
                    .ToImmutableDictionary(standing => standing.Release.Version),
            };

        Assert.Equal(target ?? revisions.Last(revision => revision != stable), Proven(_ => true).RollbackTarget(stable, target)?.Version);
        Assert.NotEqual(target ?? "", Proven(revision => revision != target).RollbackTarget(stable, target)?.Version);
    }

    /// <summary>
    /// Theirs also skips a step, all steps, or everything at once. Ours has no such command: whoever is in a hurry skips what would have warned them. A hotfix lane is written into the pipeline
    /// beforehand, a red gate or a freeze is overridden by its name, and each says who and why.
    /// </summary>
    [Theory]
    [MemberData(nameof(Promotions))]
    public async Task What_is_paused_goes_on_where_it_stood_and_nothing_skips_a_step(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        if (given.GetProperty("command").GetString() != "promote")
        {
            Assert.DoesNotContain(typeof(RolloutCommand).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RolloutCommand))), type => type.Name.Contains("Skip", StringComparison.Ordinal) || type.Name.Contains("Promote", StringComparison.Ordinal));
            return;
        }

        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Phase: RunPhase.Baking });
        await scenario.MustAsync(new PauseRollout("r1", TimeSpan.FromHours(1)));
        var stood = (scenario.Run().Stage, scenario.Run().Batch);

        await scenario.MustAsync(new ResumeRollout("r1"));

        Assert.Equal((RolloutStatus.Running, stood), (scenario.Rollout().Status, (scenario.Run().Stage, scenario.Run().Batch)));
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        Assert.All(SmallFleet.All(scenario), host => Assert.Equal(SmallFleet.New, host.Release));
        scenario.LawsHold();
    }
}
