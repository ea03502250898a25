using Microsoft.Playwright;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Browser;

/// <summary>The page of the proving ground, over real processes: an operator makes one ill, sees it, and makes it well again.</summary>
[Collection(InChromium.Name)]
[Trait("Category", "Browser")]
public sealed class GroundPageTests(Chromium chromium)
{
    [Fact]
    public async Task An_operator_makes_a_host_ill_sees_it_and_makes_it_well()
    {
        await using var console = await ConsoleProcess.StartAsync("proving-ground");
        await using var context = await chromium.Browser.NewContextAsync();
        var first = await context.NewPageAsync();
        await first.GotoAsync(console.SignInLink!);
        var page = await Chromium.OpenAsync(context, console.Url + "/ground");
        const string Host = "local-1b-web-1";
        var row = page.Locator("tr", new() { HasText = Host });
        await Assertions.Expect(row).ToContainTextAsync("runs", new() { Timeout = 90_000 });

        await page.GetByRole(AriaRole.Button, new() { Name = $"Make ill… {Host}" }).ClickAsync();
        var dialog = page.Locator("#ground-ill");
        await Assertions.Expect(dialog).ToContainTextAsync($"One host, {Host}.");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Make it ill" })).ToBeDisabledAsync();

        // As long as looking at four pages may take on a slow machine; a minute, as proposed, is not.
        await dialog.GetByLabel("For how many seconds").FillAsync("900");
        await dialog.GetByLabel("Reason").FillAsync("does the page show it?");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make it ill" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("no answer", new() { Timeout = 20_000 });
        await Assertions.Expect(row).ToContainTextAsync("hung, until");

        var found = new List<string>();
        foreach (var (width, theme) in new[] { (1440, "dark"), (1440, "light"), (400, "dark"), (400, "light") })
        {
            var looked = await Chromium.OpenAsync(context, console.Url + "/ground", width, theme, found);
            await Assertions.Expect(looked.Locator("tr", new() { HasText = Host })).ToContainTextAsync("hung");
            var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "opsconsole-pictures")).FullName;
            await looked.ScreenshotAsync(new() { Path = Path.Combine(folder, $"ground-{width}-{theme}.png"), FullPage = true });
            found.AddRange((await PagesTests.BarriersAsync(looked)).Select(barrier => $"{width} {theme}: {barrier}"));
            await looked.CloseAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = $"Heal {Host} of hung" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("runs", new() { Timeout = 20_000 });
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
