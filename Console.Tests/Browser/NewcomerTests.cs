using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using OpsConsole.Tests.World;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Browser;

/// <summary>A newcomer's path, in a real browser, on the real executable with real hosts: a good release, every planted fault, and the cord.</summary>
[Collection(InChromium.Name)]
[Trait("Category", "Browser")]
public sealed class NewcomerTests(Chromium chromium, ITestOutputHelper output)
{
    private const float Patience = 240_000;

    /// <summary>Each planted fault of the proving ground, and a word its evidence must hold. The test knows them; the console does not.</summary>
    private static readonly (string Release, string[] Evidence)[] Faults =
    [
        ("2026.11.2", ["Start", "start"]),
        ("2026.11.3", ["p99"]),
        ("2026.11.4", ["304"]),
        ("2026.12.2", ["memory"]),
        ("2026.12.3", ["probe-success", "error-rate"]),
        ("2026.12.4", ["range", "Range", "206", "probe-success"]),
        ("2026.12.5", ["Verify", "Start", "probe"]),
    ];

    [Fact]
    public async Task A_newcomer_sees_a_good_release_finish_bad_ones_caught_and_the_cord_stop_everything()
    {
        await using var console = await ConsoleProcess.StartAsync("proving-ground");
        await using var context = await chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(console.SignInLink!);
        await page.GotoAsync(console.Url);
        await page.Locator("main").GetByText("local-1").First.WaitForAsync(new() { Timeout = 60_000 });

        using var api = Api(console);
        await UntilAsync(() => Task.FromResult(console.Output.Contains("the proving ground serves", StringComparison.Ordinal)));
        await StartAsync(page, console, "2026.11.1", "good");
        await EndsAsync(page, "completed");
        Assert.Equal(["2026.11.1"], await ReleasesAsync(api));

        foreach (var (release, words) in Faults)
        {
            await BadReleaseAsync(page, console, api, release, words);
        }

        await CordAsync(page, console, api);
    }

    private async Task BadReleaseAsync(IPage page, ConsoleProcess console, HttpClient api, string release, string[] words)
    {
        var name = $"bad-{release}";
        await StartAsync(page, console, release, name);
        await EndsAsync(page, "rolled back");
        var seen = await page.Locator("main").InnerTextAsync();
        var azs = await AzsVisitedAsync(api, release);
        output.WriteLine($"{release}: {azs.Count} AZ ({string.Join(", ", azs)}); {seen.Split('\n').FirstOrDefault(line => line.Length > 60 && words.Any(line.Contains))}");
        Assert.True(azs.Count <= 1, $"{release} reached {string.Join(", ", azs)}");
        Assert.True(words.Any(seen.Contains), $"The page of {release} names none of {string.Join(", ", words)}:\n{seen}");
        Assert.Equal(["2026.11.1"], await ReleasesAsync(api));
    }

    private static async Task CordAsync(IPage page, ConsoleProcess console, HttpClient api)
    {
        await StartAsync(page, console, "2026.12.1", "stopped");
        await UntilAsync(async () => (await AzsVisitedAsync(api, "2026.12.1")).Count > 0);
        await page.Keyboard.PressAsync("Control+Shift+X");
        await page.Locator("#cord-pull").ClickAsync();
        await page.Locator(".banner").First.WaitForAsync(new() { Timeout = 10_000 });
        var before = await StepsLeftAsync(api);
        await Task.Delay(TimeSpan.FromSeconds(8));
        Assert.Equal(before, await StepsLeftAsync(api));
    }

    private static async Task StartAsync(IPage page, ConsoleProcess console, string release, string name)
    {
        await page.GotoAsync($"{console.Url}/rollouts");
        await Chromium.InteractiveAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Start a rollout…" }).ClickAsync();
        await page.Locator("#start-pipeline").SelectOptionAsync("web");
        await page.Locator("#start-release").SelectOptionAsync(release);
        await page.Locator("#start-name").FillAsync(name);
        await page.Locator("#start-name").PressAsync("Tab");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        try
        {
            await page.WaitForURLAsync($"**/rollouts/{name}", new() { Timeout = 15_000 });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{name} was not started: {await page.Locator("#rollout-start").InnerTextAsync()}");
        }
    }

    private async Task EndsAsync(IPage page, string word)
    {
        var badge = page.Locator(".head .state").First;
        try
        {
            await Assertions.Expect(badge).ToContainTextAsync(word, new() { Timeout = Patience, IgnoreCase = true });
        }
        catch (PlaywrightException)
        {
            output.WriteLine(await page.Locator("main").InnerTextAsync());
            throw;
        }
    }

    private static HttpClient Api(ConsoleProcess console)
    {
        var client = new HttpClient { BaseAddress = new Uri($"{console.Url}/api/v1/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(Path.Combine(console.DataFolder, "cli-token")).Trim());
        return client;
    }

    private static async Task<JsonElement[]> HostsAsync(HttpClient api) =>
        [.. (await api.GetFromJsonAsync<JsonElement>("fleet/regions/local-1/hosts?take=100")).GetProperty("hosts").EnumerateArray().Where(host => host.GetProperty("service").GetString() == "web")];

    private static async Task<string[]> ReleasesAsync(HttpClient api) =>
        [.. (await HostsAsync(api)).Select(host => host.GetProperty("release").GetString()!).Distinct()];

    /// <summary>AZs in which a host that takes customers' traffic was given work towards the release.</summary>
    private static async Task<IReadOnlyCollection<string>> AzsVisitedAsync(HttpClient api, string release)
    {
        var azOf = (await HostsAsync(api)).ToDictionary(host => host.GetProperty("id").GetString()!, host => host.GetProperty("az").GetString()!);
        var events = await EventsAsync(api, release);
        return events.Where(one => one.GetProperty("event").GetString() == "fleet.visits-began")
            .SelectMany(one => one.GetProperty("facts").GetProperty("visits").EnumerateArray())
            .Where(visit => visit.GetProperty("release").GetString() == release)
            .Select(visit => azOf[visit.GetProperty("host").GetString()!])
            .ToHashSet();
    }

    /// <summary>Begun visits and steps done: what only moves when commands leave. One answer may still come for what was in flight.</summary>
    private static async Task<int> StepsLeftAsync(HttpClient api) => (await EventsAsync(api, null)).Count(one => one.GetProperty("event").GetString() == "fleet.visits-began");

    private static async Task<JsonElement[]> EventsAsync(HttpClient api, string? text) =>
        [.. (await api.GetFromJsonAsync<JsonElement>($"audit?stream=fleet/local-1&take=500{(text is null ? "" : $"&text={text}")}")).GetProperty("events").EnumerateArray()];

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 300 && !await holds(); i++)
        {
            await Task.Delay(200);
        }
    }
}
