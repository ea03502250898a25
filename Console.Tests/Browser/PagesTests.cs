using System.Text.Json;
using Microsoft.Playwright;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Browser;

/// <summary>Every page in a real browser: it shows itself without an error, fits a phone and is usable by all. Pictures go to a folder for people to look at.</summary>
[Collection(InChromium.Name)]
[Trait("Category", "Browser")]
public sealed class PagesTests(Chromium chromium)
{
    private static readonly string[] Pages = ["/", "/fleet", "/fleet/eu-west-1", "/fleet/eu-west-1/eu-west-1a-00001", "/durability", "/threats", "/canaries", "/cord", "/reservations", "/calendar", "/approvals", "/notifications", "/noodles", "/noodles?view=steps", "/fleet-update", "/alarms", "/alarms/web/errors", "/alarms/new", "/metrics", "/metrics?streams=commit-ms", "/audit", "/settings", "/no-such-page"];

    [Fact]
    public async Task Each_page_has_no_serious_barrier_and_fits_a_phone()
    {
        var console = await SeededConsole.StartAsync();
        await SmallFleet.ChangeAsync(console.Commands, "eu-west-1", 6);
        await SmallFleet.ChangeAsync(console.Commands, "us-west-2", 4);
        await console.Commands.SendAsync(new(new PutAlarms("web", [new("errors", Scope.OfAz("eu-west-1a", "eu-west-1")) { Service = "web", Rule = new([new("m", new StreamSelector("errors") { Az = "eu-west-1a" }, Statistic.Sum)], Comparison.GreaterThan, 5) }]), Actor.Engine));
        // The theme is a cookie of the whole context. Both widths and both themes are seen; colours do not depend on the width.
        await using var desk = await chromium.SignInAsync(console);
        await using var phone = await chromium.AlsoAsync(desk);
        var found = new List<string>();
        foreach (var path in Pages)
        {
            var seen = await Task.WhenAll(LookAsync(desk, console.Url, path, 1440, "dark"), LookAsync(phone, console.Url, path, 400, "light"));
            found.AddRange(seen.SelectMany(one => one));
        }

        var missing = await desk.APIRequest.GetAsync(console.Url + "/no-such-page");
        await console.DisposeAsync();
        Assert.Equal(404, missing.Status);
        Assert.Contains("There is nothing at /no-such-page.", await missing.TextAsync(), StringComparison.Ordinal);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private static async Task<IEnumerable<string>> LookAsync(IBrowserContext context, string console, string path, int width, string theme)
    {
        var errors = new List<string>();
        var page = await Chromium.OpenAsync(context, console + path, width, theme, errors);
        await page.ScreenshotAsync(new() { Path = Picture(path, width, theme), FullPage = true });
        var wide = await page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - innerWidth)");
        errors.AddRange(wide > 0 ? [$"{wide} pixels too wide"] : Array.Empty<string>());
        errors.AddRange(await BarriersAsync(page));
        await page.CloseAsync();
        return errors.Where(error => path != "/no-such-page" || !error.Contains("404", StringComparison.Ordinal)).Select(error => $"{path} at {width} {theme}: {error}");
    }

    /// <summary>What axe-core calls serious or critical.</summary>
    internal static async Task<IReadOnlyList<string>> BarriersAsync(IPage page)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(Repository.At("Console.Web/Npm/node_modules/axe-core/axe.min.js")) + "; 0");
        var found = await page.EvaluateAsync<JsonElement>("() => axe.run(document, { resultTypes: ['violations'] })");
        return [.. found.GetProperty("violations").EnumerateArray()
            .Where(rule => rule.GetProperty("impact").GetString() is "serious" or "critical")
            .Select(rule => $"{rule.GetProperty("id").GetString()}: {string.Join("; ", rule.GetProperty("nodes").EnumerateArray().Take(4).Select(node => node.GetProperty("html").GetString() + " " + node.GetProperty("failureSummary").GetString()))}")];
    }

    private static string Picture(string path, int width, string theme)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "opsconsole-pictures")).FullName;
        return Path.Combine(folder, $"{(path == "/" ? "overview" : path.Trim('/').Replace('/', '-').Replace('?', '-'))}-{width}-{theme}.png");
    }
}
