using System.Net.Http.Json;
using Microsoft.Playwright;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Calendar;
using OpsConsole.Tests.Rollouts;

namespace OpsConsole.Tests.Browser;

/// <summary>The editor of pipelines, the comparison of two rollouts and what is foreseen before a start, in a real browser.</summary>
[Collection(InChromium.Name)]
[Trait("Category", "Browser")]
public sealed class PreviewPagesTests(Chromium chromium)
{
    [Fact]
    public async Task A_pipeline_is_written_judged_while_typing_tried_on_the_past_and_saved_and_two_rollouts_are_compared()
    {
        var world = new RolloutConsole();
        await world.InitializeAsync();
        using var client = world.Console.Admin();
        var now = TimeProvider.System.GetUtcNow();
        await world.MustAsync(new AddEntry(new("season", EntryKind.Freeze, Scope.Global, $"{now.AddMinutes(20):yyyy-MM-dd HH:mm} to {now.AddDays(1):yyyy-MM-dd HH:mm}", "peak week") { Zone = "UTC" }));
        var first = await world.StartAsync(client, "quick");
        await world.UntilAsync(client, first, summary => summary.GetProperty("status").GetString() == nameof(RolloutStatus.Completed));
        await world.MustAsync(new RegisterRelease(new("web", "3.0", "sha256:" + new string('3', 64), false, "")));
        var second = await (await client.PostAsJsonAsync("/api/v1/rollouts", new { pipeline = "slow", version = "3.0", rollout = "second", reason = "the next" })).Content.ReadAsStringAsync();
        Assert.Contains("second", second, StringComparison.Ordinal);
        await world.UntilAsync(client, "second", summary => summary.GetProperty("confirmed").GetInt32() > 0);

        await using var context = await chromium.SignInAsync(world.Console);
        var found = new List<string>();
        await WriteAsync(context, world, first, found);
        await LookAsync(context, world.Console.Url, "/pipelines", "pipelines", found);
        await LookAsync(context, world.Console.Url, "/pipelines/quick", "pipeline", found);
        await LookAsync(context, world.Console.Url, $"/rollouts/compare?one={first}&other=second", "compare", found, ".timeline");
        await LookAsync(context, world.Console.Url, "/rollouts/second", "rollout-expected", found, ".forecast");
        await LookAsync(context, world.Console.Url, "/rollouts", "start-dialog", found, act: async page =>
        {
            await page.ClickAsync("[data-opens='rollout-start']");
            await page.SelectOptionAsync("#start-pipeline", "slow");
            await page.SelectOptionAsync("#start-release", "1.0");
            await page.WaitForSelectorAsync("#rollout-start .forecast");
        });
        await context.CloseAsync();
        await world.DisposeAsync();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private static async Task WriteAsync(IBrowserContext context, RolloutConsole world, string past, List<string> found)
    {
        var page = await Chromium.OpenAsync(context, world.Console.Url + "/pipelines/quick", errors: found);
        await page.WaitForSelectorAsync("#pipeline-errors .state.ok");
        await page.FillAsync("#pipeline-text", RolloutConsole.Yaml("quick").Replace("window: 1s", "window: soon", StringComparison.Ordinal) + "\nodd: 1\n");
        await page.WaitForSelectorAsync("#pipeline-errors .state.bad:has-text('2 errors')");
        Assert.True(await page.IsDisabledAsync(".head .btn.main"));

        // An error leads to its line, by the keyboard, too.
        await page.FocusAsync("#pipeline-errors [data-line]");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("pipeline-text", await page.EvaluateAsync<string>("() => document.activeElement.id"));
        Assert.Equal("window: soon", await page.EvaluateAsync<string>("() => { const area = document.activeElement; return area.value.slice(area.selectionStart, area.selectionEnd); }"));
        await LookAtAsync(page, "pipeline-errors", found);

        await page.FillAsync("#pipeline-text", RolloutConsole.Yaml("quick").Replace("for: 1s", "for: 2m", StringComparison.Ordinal));
        await page.WaitForSelectorAsync("#pipeline-errors .state.ok");
        await page.WaitForSelectorAsync(".diff .added");
        await page.SelectOptionAsync("#replay-rollout", past);
        await page.ClickAsync(".replay .btn");
        await page.WaitForSelectorAsync(".replay-answer .state");
        await LookAtAsync(page, "pipeline-edited", found);
        Assert.Equal(1, world.States.Get<PipelineFile>(PipelineStreams.Of("quick")).Version);

        await page.ClickAsync(".head .btn.main");
        await page.FillAsync("#pipeline-save-reason", "bake for longer");
        await page.ClickAsync("#pipeline-save .danger");
        await page.WaitForSelectorAsync(".head .sub:has-text('version 2')");
        await page.CloseAsync();
    }

    private static async Task LookAsync(IBrowserContext context, string url, string path, string name, List<string> found, string? until = null, Func<IPage, Task>? act = null)
    {
        foreach (var (width, theme) in new[] { (1440, "dark"), (1440, "light"), (400, "dark"), (400, "light") })
        {
            // A cookie for the page's folder would stand beside an older one for the root.
            await context.AddCookiesAsync([new() { Name = "theme", Value = theme, Url = url }]);
            var page = await Chromium.OpenAsync(context, url + path, width, theme, found);
            await (until is null ? Task.CompletedTask : page.WaitForSelectorAsync(until));
            await (act?.Invoke(page) ?? Task.CompletedTask);
            await LookAtAsync(page, $"{name}-{width}-{theme}", found);
            await page.CloseAsync();
        }
    }

    private static async Task LookAtAsync(IPage page, string name, List<string> found)
    {
        await page.WaitForTimeoutAsync(300);
        await page.ScreenshotAsync(new() { Path = Path.Combine(Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "opsconsole-pictures")).FullName, $"preview-{name}.png"), FullPage = true });
        found.AddRange((await PagesTests.BarriersAsync(page)).Select(barrier => $"{name}: {barrier}"));
        found.AddRange(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth") ? [$"{name} is too wide"] : Array.Empty<string>());
    }
}
