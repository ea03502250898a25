using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Journal;
using OpsConsole.Tests.Scenarios;
using OpsConsole.Tests.Scenarios.Regression;
using OpsConsole.Web.Live;
using OpsConsole.Web.Rollouts;

namespace OpsConsole.Tests.Rollouts;

public sealed class RolloutActionsTests : BunitContext
{
    [Theory]
    [Regression("ui-05")]
    [InlineData(Role.Viewer, new string[0])]
    [InlineData(Role.Operator, new[] { "Pause…", "Abort…", "Roll back…" })]
    public async Task Who_may_only_look_gets_no_buttons(Role role, string[] buttons)
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Batch: 0 });
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton<ICommands>(scenario.Commands);
        Services.AddSingleton<IViewer>(new Somebody(role));
        Services.AddSingleton<RolloutDesk>();

        var shown = Render<RolloutActions>(all => all.Add(one => one.Picture, RolloutDrawing.Draw(scenario.States, "r1", scenario.Clock.GetUtcNow())!));

        Assert.Equal(buttons, shown.FindAll(".actions button").Select(button => button.TextContent));
    }
}
