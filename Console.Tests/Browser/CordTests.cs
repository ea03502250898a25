using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Journal;
using OpsConsole.Tests.Scenarios.Regression;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Browser;

[Collection(InChromium.Name)]
[Trait("Category", "Browser")]
public sealed class CordTests(Chromium chromium)
{
    [Fact]
    public async Task Two_clicks_pull_the_cord_over_where_the_person_is_and_a_reason_releases_it()
    {
        var console = await SeededConsole.StartAsync();
        await SmallFleet.ChangeAsync(console.Commands, "eu-west-1", 4);
        await using var context = await chromium.SignInAsync(console);
        var page = await Chromium.OpenAsync(context, console.Url + "/fleet/eu-west-1");

        await page.ClickAsync("#cord-button");
        Assert.Contains("36 hosts in 1 region", await page.InnerTextAsync("#cord-dialog .blast"), StringComparison.Ordinal);
        await page.ClickAsync("#cord-pull");
        await page.WaitForSelectorAsync(".banner");
        var pull = Assert.Single(Cord(console).InForce);
        Assert.Equal((Scope.OfRegion("eu-west-1").ToString(), CordMode.Halt), (pull.Scope.ToString(), pull.Mode));
        await page.WaitForSelectorAsync("text=Still in flight");

        await page.ClickAsync(".banner button");
        Assert.True(await page.IsDisabledAsync("#cord-release button.danger"));
        await page.FillAsync("#cord-release-reason", "it was a drill");
        await page.ClickAsync("#cord-release button.danger");
        await page.WaitForSelectorAsync(".banner", new() { State = WaitForSelectorState.Detached });
        Assert.Empty(Cord(console).InForce);
        await console.DisposeAsync();
    }

    [Fact]
    public async Task The_keyboard_alone_pulls_it()
    {
        var console = await SeededConsole.StartAsync(perAz: 1);
        await using var context = await chromium.SignInAsync(console);
        var page = await Chromium.OpenAsync(context, console.Url + "/audit", width: 400);

        await page.Keyboard.PressAsync("Control+Shift+X");
        Assert.Equal("cord-pull", await page.EvaluateAsync<string>("() => document.activeElement.id"));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".banner");
        Assert.Equal("global", Assert.Single(Cord(console).InForce).Scope.ToString());
        await console.DisposeAsync();
    }

    [Fact]
    [Regression("ui-02")]
    public async Task When_the_console_restarts_the_page_says_so_and_comes_back_by_itself()
    {
        var console = await SeededConsole.StartAsync(perAz: 1);
        await using var context = await chromium.SignInAsync(console);
        var page = await Chromium.OpenAsync(context, console.Url + "/");
        await page.EvaluateAsync("() => { document.getElementById('components-reconnect-modal').classList.add('components-reconnect-failed'); window.before = true; }");

        await page.WaitForFunctionAsync("() => window.before === undefined && window.ops?.live === true", null, new() { Timeout = 20_000 });
        await console.DisposeAsync();
    }

    private static CordState Cord(RunningConsole console) => console.App.Services.GetRequiredService<IStates>().Get<CordState>(CordStreams.Only);
}
