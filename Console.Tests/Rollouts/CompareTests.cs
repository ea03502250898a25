using System.Collections.Immutable;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Story;
using OpsConsole.Tests.Scenarios;
using OpsConsole.Web.Rollouts.Compare;

namespace OpsConsole.Tests.Rollouts;

public sealed class CompareTests : BunitContext
{
    [Fact]
    public async Task Two_rollouts_are_drawn_on_one_scale_and_their_figures_are_those_of_the_log()
    {
        var (good, bad) = (await EndedAsync(bad: false), await EndedAsync(bad: true));

        var model = ComparePageModel.Of(RolloutComparison.Of(Side(good), Side(bad)));

        var took = good.Rollout().EndedAt!.Value - good.Rollout().StartedAt;
        Assert.Equal(took, model.Both.Longest);
        Assert.InRange(model.One.Lanes.SelectMany(lane => lane.Bars).Max(bar => bar.Left + bar.Width), 99, 100.001);
        Assert.True(model.Other.Lanes.SelectMany(lane => lane.Bars).Max(bar => bar.Left + bar.Width) < 80);
        Assert.Null(model.One.Found);
        var halted = bad.Events.First(one => one.Event is RunHalted { Kind: HaltKind.Bad });
        var begun = bad.Events.Where(one => one.Event is BatchBegan && Own(one) && one.Sequence < halted.Sequence).Sum(one => ((BatchBegan)one.Event).Hosts.Length);
        Assert.Contains($"with {begun} hosts exposed", model.Other.Found, StringComparison.Ordinal);
        Assert.Contains(model.Both.Gates, gate => gate is { Name: "errors", One.Bad: 0, Other.Bad: > 1, Differs: false });
        Assert.Contains(model.Both.PlanChanges, line => line.Contains("the bake after batch 1 of eu", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_side_says_where_its_time_went_and_what_found_it()
    {
        var bad = await EndedAsync(bad: true);
        Services.AddSingleton<TimeProvider>(bad.Clock);
        var model = ComparePageModel.Of(RolloutComparison.Of(Side(bad), Side(bad)));

        var card = Render<CompareSideCard>(all => all.Add(one => one.Side, model.One));

        Assert.Contains("rolled back", card.Markup, StringComparison.Ordinal);
        Assert.Matches("at work .* baking .* waiting", card.Find(".split").GetAttribute("aria-label"));
        Assert.Equal(2, card.FindAll(".timeline").Count);
        Assert.All(card.FindAll(".timeline .strip"), strip => Assert.Contains("at work", strip.GetAttribute("aria-label"), StringComparison.Ordinal));
        Assert.Empty(model.Both.PlanChanges);
    }

    private static async Task<Scenario> EndedAsync(bool bad)
    {
        var scenario = await SmallFleet.StartedAsync(
            it => it.Health.Seen = (release, _, reading) => bad && release == SmallFleet.New && reading.Metric == Metrics.ErrorRate ? reading with { Value = 0.2 } : reading,
            pipeline => bad ? pipeline with { Stages = [pipeline.Stages[0], pipeline.Stages[1] with { OneBox = new(TimeSpan.FromSeconds(8), 200, TimeSpan.FromSeconds(20)) }, pipeline.Stages[2]] } : pipeline);
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        return scenario;
    }

    private static (Rollout, RolloutStory, ImmutableArray<Recorded>) Side(Scenario scenario)
    {
        ImmutableArray<Recorded> own = [.. scenario.Events.Where(Own)];
        return (scenario.Rollout(), StoryTeller.Tell(scenario.Rollout(), own, scenario.Clock.GetUtcNow()), own);
    }

    private static bool Own(Recorded one) => one.Stream == RolloutStreams.Of("r1") || (one.Stream.Family == RunStreams.Family && one.Stream.Value.EndsWith("/r1", StringComparison.Ordinal));
}
