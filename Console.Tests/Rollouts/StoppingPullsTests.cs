using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Journal;
using OpsConsole.Tests.Scenarios;
using OpsConsole.Web.Live;
using OpsConsole.Web.Rollouts;

namespace OpsConsole.Tests.Rollouts;

/// <summary>The pulls that stop a rollout, on its page: an Admin may override each by its name.</summary>
public sealed class StoppingPullsTests : BunitContext
{
    [Theory]
    [InlineData(Role.Operator, 0)]
    [InlineData(Role.Admin, 1)]
    public async Task A_pull_that_reaches_it_is_offered_to_who_may_override_it(Role role, int offered)
    {
        var scenario = await PulledAsync();

        Assert.Equal(offered, Shown(scenario, role).FindAll("p button").Count);
    }

    [Fact]
    public async Task Overriding_needs_a_reason_and_takes_the_pull_off_the_page()
    {
        var scenario = await PulledAsync();
        var shown = Shown(scenario, Role.Admin);
        await shown.Find("p button").ClickAsync(new());
        Assert.Contains("alex pulled the cord: smoke", shown.Find(".blast").TextContent, StringComparison.Ordinal);
        Assert.True(shown.Find("footer .danger").HasAttribute("disabled"));

        await shown.Find("textarea").InputAsync(new() { Value = "this is the fix" });
        await shown.Find("footer .danger").ClickAsync(new());

        Assert.Equal("this is the fix", Assert.Single(scenario.States.Get<CordState>(CordStreams.Only).Overrides).Reason);
        Assert.Empty(Picture(scenario).Pulls);
    }

    private static async Task<Scenario> PulledAsync()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Batch: 0 });
        await scenario.MustAsync(new PullCord(Scope.Global, CordMode.Halt), "smoke", Actor.Person("alex", Role.Admin));
        return scenario;
    }

    private IRenderedComponent<StoppingPulls> Shown(Scenario scenario, Role role)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton<ICommands>(scenario.Commands);
        Services.AddSingleton<IViewer>(new Somebody(role));
        Services.AddSingleton<RolloutDesk>();
        return Render<StoppingPulls>(all => all.Add(one => one.Picture, Picture(scenario)));
    }

    private static RolloutPicture Picture(Scenario scenario) => RolloutDrawing.Draw(scenario.States, "r1", scenario.Clock.GetUtcNow())!;
}
