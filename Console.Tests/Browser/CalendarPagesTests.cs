using Microsoft.Playwright;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Calendar;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Browser;

/// <summary>The pages Calendar and Approvals with something on them, in a real browser.</summary>
[Collection(InChromium.Name)]
[Trait("Category", "Browser")]
public sealed class CalendarPagesTests(Chromium chromium)
{
    private static readonly Actor Grace = Actor.Person("grace", Role.Admin);

    [Fact]
    public async Task A_freeze_is_added_in_the_page_holds_and_is_overridden_and_a_stage_is_approved()
    {
        var console = await SeededConsole.StartAsync();
        await SeedAsync(console);
        await using var context = await chromium.SignInAsync(console);
        var found = new List<string>();
        var page = await Chromium.OpenAsync(context, console.Url + "/calendar", errors: found);
        await Chromium.InteractiveAsync(page);
        await page.ClickAsync(".head .btn.main");
        await page.FillAsync("#entry-id", "quarter-end");
        await page.FillAsync("#entry-why", "the books are closed");
        await page.FillAsync("#entry-when", "cron 0 18 28-31 3,6,9,12 * for 99d");
        await page.WaitForSelectorAsync("text=is no length from 1m to 31d");
        await page.FillAsync("#entry-when", "cron 0 18 28-31 3,6,9,12 * for 14h");
        await page.ClickAsync("#calendar-entry .btn.main");
        await page.WaitForSelectorAsync("td:has-text('quarter-end')");
        Assert.Contains("quarter-end", Calendar(console).Entries.Keys);

        await page.ClickAsync("tr:has-text('incident') >> text=Override…");
        await page.FillAsync("#override-reason", "the fix must go out");
        await page.ClickAsync("#calendar-override .btn.danger");
        await page.WaitForSelectorAsync("td:has-text('the fix must go out')");
        Assert.Equal("incident", Assert.Single(Calendar(console).Overrides).Entry);
        await LookAsync(context, console.Url, "/calendar", found);
        await LookAsync(context, console.Url, "/approvals", found);

        await page.GotoAsync(console.Url + "/approvals");
        await Chromium.InteractiveAsync(page);
        await page.ClickAsync("section:has-text('ask-1') .btn.main");
        await page.FillAsync("#approval-answer-reason", "looked at the plan");
        await page.ClickAsync("#approval-answer .btn.danger");
        await page.WaitForSelectorAsync("text=Nothing asks for approval.");
        await page.CloseAsync();
        await context.CloseAsync();
        Assert.Single(console.States.Get<Rollout>(RolloutStreams.Of("ask-1")).Approvals);
        await console.DisposeAsync();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private static CalendarState Calendar(RunningConsole console) => console.States.Get<CalendarState>(CalendarStreams.Only);

    private static async Task SeedAsync(RunningConsole console)
    {
        var now = TimeProvider.System.GetUtcNow();
        await MustAsync(console, new AddEntry(new("incident", EntryKind.Freeze, Scope.OfRegion("eu-west-1"), $"{now.AddMinutes(-5):yyyy-MM-dd HH:mm} to {now.AddDays(1):yyyy-MM-dd HH:mm}", "error rate under investigation") { Zone = "UTC", Overrun = Overrun.Pause }));
        await MustAsync(console, new AddEntry(new("office-hours", EntryKind.Window, Scope.OfPartition("commercial"), "mon-fri 09:00-17:00", "people are there to look")));
        await MustAsync(console, new SetZone(Scope.OfRegion("eu-west-1"), "Europe/Dublin"));
        await MustAsync(console, new SetZone(Scope.OfRegion("us-east-1"), "America/New_York"));
        await MustAsync(console, new RegisterRelease(new("web", "2026.11.3", "sha256:" + new string('a', 64), false, "")));
        var pipeline = new Pipeline("asking", "web", [new("first", StageHosts.Regions) { Regions = ["us-east-1"], Approval = new() { Count = 1 } }, new("rest", StageHosts.Regions)]);
        await MustAsync(console, new SavePipeline(pipeline, "the file of asking"));
        await MustAsync(console, new StartRollout("ask-1", "web", "2026.11.3", "asking"));
    }

    private static async Task LookAsync(IBrowserContext context, string url, string path, List<string> found)
    {
        foreach (var (width, theme) in new[] { (1440, "dark"), (1440, "light"), (400, "dark"), (400, "light") })
        {
            var page = await Chromium.OpenAsync(context, url + path, width, theme, found);
            var picture = Path.Combine(Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "opsconsole-pictures")).FullName, $"filled{path.Replace('/', '-')}-{width}-{theme}.png");
            await page.ScreenshotAsync(new() { Path = picture, FullPage = true });
            found.AddRange((await PagesTests.BarriersAsync(page)).Select(barrier => $"{path} at {width} {theme}: {barrier}"));
            found.AddRange(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth") ? [$"{path} is too wide at {width}"] : Array.Empty<string>());
            await page.CloseAsync();
        }
    }

    private static async Task MustAsync(RunningConsole console, ICommand command) => Assert.Null((await console.Commands.SendAsync(new(command, Grace, "set up"))).Rejection);
}
