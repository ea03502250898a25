using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Playwright;
using OpsConsole.Tests.Scenarios.Regression;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Browser;

/// <summary>The real executable is killed under open tabs and started again: nobody has to press anything.</summary>
[Collection(InChromium.Name)]
[Trait("Category", "Browser")]
public sealed class ReconnectTests(Chromium chromium)
{
    private const string Down = "() => /components-reconnect-(show|failed|rejected)/.test(document.getElementById('components-reconnect-modal').className)";

    private static readonly string[] Pages = ["/", "/rollouts", "/fleet", "/cord", "/audit"];

    [Fact]
    [Regression("ui-03")]
    public async Task Five_tabs_see_the_console_killed_and_come_back_by_themselves_with_live_data()
    {
        var data = Directory.CreateTempSubdirectory("opsconsole-reconnect-").FullName;
        var port = ConsoleProcess.FreePort();
        var first = await ConsoleProcess.StartAsync("none", data, port);
        await using var context = await chromium.SignInAsync(first.SignInLink!);
        var tabs = new List<IPage>();
        foreach (var path in Pages)
        {
            tabs.Add(await Chromium.OpenAsync(context, first.Url + path));
        }

        await first.KillAsync();
        foreach (var tab in tabs)
        {
            await tab.WaitForFunctionAsync(Down, null, new() { Timeout = 60_000 });
            Assert.True(await tab.GetByText("The line to the console is down").IsVisibleAsync(), tab.Url);
            Assert.Contains("cord pull", await tab.Locator(".reconnect").InnerTextAsync(), StringComparison.Ordinal);
            await tab.EvaluateAsync("() => { window.beforeKill = true; }");
        }

        await using var second = await ConsoleProcess.StartAsync("none", data, port);
        foreach (var tab in tabs)
        {
            await tab.WaitForFunctionAsync("() => !window.beforeKill && window.ops?.live === true", null, new() { Timeout = 120_000, PollingInterval = 250 });
            Assert.False(await tab.GetByText("The line to the console is down").IsVisibleAsync(), tab.Url);
        }

        Assert.Equal(Pages, tabs.Select(tab => new Uri(tab.Url).AbsolutePath));
        await PullAsync(second);
        foreach (var tab in tabs)
        {
            await tab.Locator("[data-pull]").First.WaitForAsync(new() { Timeout = 20_000 });
        }

        await context.CloseAsync();
        await second.StopAsync();
        Directory.Delete(data, recursive: true);
    }

    private static async Task PullAsync(ConsoleProcess console)
    {
        using var client = new HttpClient { BaseAddress = new Uri(console.Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(console.DataFolder, "cli-token"))).Trim());
        (await client.PostAsJsonAsync("/api/v1/cord/pull", new { scope = "global", mode = "Halt", reason = "after the restart" })).EnsureSuccessStatusCode();
    }
}
