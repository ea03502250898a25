using Microsoft.Playwright;
using OpsConsole.Tests.World;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Browser;

/// <summary>A newcomer's path, in a real browser, on the real executable with real hosts: a good release, planted faults of three kinds, and the cord.</summary>
[Collection(InChromium.Name)]
[Trait("Category", "Browser")]
public sealed class NewcomerTests(Chromium chromium, ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(7);

    /// <summary>For what a click must show, on two processors that 21 hosts share: everything the page itself needs is long there by then.</summary>
    private const float ForAClick = 60_000;

    /// <summary>One that does not start, one that answers wrongly, one that leaks, and a word the evidence must hold. The test knows them; the console does not. The others are <c>RolloutCatchesTests</c>'.</summary>
    private static readonly (string Release, string[] Evidence)[] Faults =
    [
        ("2026.11.2", ["Start", "start"]),
        ("2026.11.4", ["304"]),
        ("2026.12.2", ["memory"]),
    ];

    [Fact]
    public async Task A_newcomer_sees_a_good_release_finish_bad_ones_caught_and_the_cord_stop_everything()
    {
        await using var console = await ConsoleProcess.StartAsync("proving-ground");
        await using var context = await chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        context.SetDefaultTimeout(ForAClick);
        context.SetDefaultNavigationTimeout(ForAClick);
        var page = await context.NewPageAsync();
        await page.GotoAsync(console.SignInLink!);
        await page.GotoAsync(console.Url);
        await page.Locator("main").GetByText("local-1").First.WaitForAsync();

        using var api = new GroundApi(console);
        await api.ServesAsync();
        await StartAsync(page, console, "2026.11.1", "good");
        await EndsAsync(page, console, api, "good", "Completed", "completed");
        Assert.Equal(["2026.11.1"], await api.ReleasesAsync());

        foreach (var (release, words) in Faults)
        {
            await BadReleaseAsync(page, console, api, release, words);
        }

        await CordAsync(page, console, api);
    }

    private async Task BadReleaseAsync(IPage page, ConsoleProcess console, GroundApi api, string release, string[] words)
    {
        await StartAsync(page, console, release, $"bad-{release}");
        await EndsAsync(page, console, api, $"bad-{release}", "RolledBack", "rolled back");
        var seen = await page.Locator("main").InnerTextAsync();
        var azs = await api.AzsVisitedAsync(release);
        output.WriteLine($"{release}: {azs.Count} AZ ({string.Join(", ", azs)}); {seen.Split('\n').FirstOrDefault(line => line.Length > 60 && words.Any(line.Contains))}");
        Assert.True(azs.Count <= 1, $"{release} reached {string.Join(", ", azs)}");
        Assert.True(words.Any(seen.Contains), $"The page of {release} names none of {string.Join(", ", words)}:\n{seen}");
        Assert.Equal(["2026.11.1"], await api.ReleasesAsync());
    }

    private static async Task CordAsync(IPage page, ConsoleProcess console, GroundApi api)
    {
        await StartAsync(page, console, "2026.12.1", "stopped");
        await GroundApi.UntilAsync(async () => (await api.AzsVisitedAsync("2026.12.1")).Count > 0, TimeSpan.FromMinutes(1), () => SeenAsync(page));
        await page.Keyboard.PressAsync("Control+Shift+X");
        await page.Locator("#cord-pull").ClickAsync();
        await page.Locator(".banner").First.WaitForAsync();
        var before = await api.VisitsBegunAsync();
        await Task.Delay(TimeSpan.FromSeconds(8));
        Assert.Equal(before, await api.VisitsBegunAsync());
    }

    private static async Task StartAsync(IPage page, ConsoleProcess console, string release, string name)
    {
        try
        {
            await page.GotoAsync($"{console.Url}/rollouts");
            await page.WaitForFunctionAsync("() => window.ops?.live === true");
            await page.GetByRole(AriaRole.Button, new() { Name = "Start a rollout…" }).ClickAsync();
            await page.Locator("#start-pipeline").SelectOptionAsync("web");
            await page.Locator("#start-release").SelectOptionAsync(release);
            await page.Locator("#start-name").FillAsync(name);
            await page.Locator("#start-name").PressAsync("Tab");
            await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
            await page.WaitForURLAsync($"**/rollouts/{name}");
        }
        catch (Exception e) when (e is TimeoutException or PlaywrightException)
        {
            Assert.Fail($"{name} was not started: {e.Message}\n{await SeenAsync(page)}");
        }
    }

    /// <summary>Two processors carry 21 hosts, the console and this browser: while a rollout is judged the list stays open, and its charts are looked at when it has ended.</summary>
    private static async Task EndsAsync(IPage page, ConsoleProcess console, GroundApi api, string name, string status, string word)
    {
        await page.GotoAsync($"{console.Url}/rollouts");
        await api.EndsAsync(name, status, Patience);
        try
        {
            await page.GotoAsync($"{console.Url}/rollouts/{name}");
            await Assertions.Expect(page.Locator(".head .state").First).ToContainTextAsync(word, new() { Timeout = ForAClick, IgnoreCase = true });
        }
        catch (PlaywrightException e)
        {
            Assert.Fail($"{e.Message}\n{await SeenAsync(page)}");
        }
    }

    /// <summary>Where the page is and what it says, whatever is open on it.</summary>
    private static async Task<string> SeenAsync(IPage page) => $"{page.Url}:\n{await page.EvaluateAsync<string>("() => document.body.innerText")}";
}
