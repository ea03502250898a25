using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Rehearsal;
using OpsConsole.Engine.Rollouts;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Browser;

/// <summary>A rollout of a bad release over the simulated fleet, as a person sees it.</summary>
[Collection(InChromium.Name)]
[Trait("Category", "Browser")]
public sealed class RolloutPagesTests(Chromium chromium)
{
    /// <summary>The line of what is shown as evidence has more windows than the bad ones, a limit, and the bad ones marked.</summary>
    private const string GoodAndBad = """
        () => {
          const traces = Object.fromEntries((document.querySelector('.evidence .js-plotly-plot')?.data ?? []).map(trace => [trace.name, trace]));
          return traces.bad?.mode === 'markers' && traces.bad.x.length > 0 && traces.seen.x.length > traces.bad.x.length && (traces['at most'] || traces['at least']);
        }
        """;

    private static readonly Actor Root = Actor.Person("root", Role.Admin);

    [Fact]
    public async Task A_bad_release_is_seen_stopping_with_its_evidence_and_its_waits()
    {
        var console = new RunningConsole { Services = services => services.AddRehearsal(600, new SimulationOptions { Pace = 0.2, FailedVisits = 0, HungVisits = 0 }) };
        await console.InitializeAsync();
        await StartAsync(console);
        await using var context = await chromium.SignInAsync(console);
        var found = new List<string>();
        var page = await Chromium.OpenAsync(context, console.Url + "/rollouts/demo", errors: found);
        await page.WaitForSelectorAsync(".lane.now", new() { Timeout = 60_000 });

        // The gates of the region under way are drawn while all is well, with what was seen and what it may be.
        await page.WaitForFunctionAsync("() => document.querySelectorAll('.readings .js-plotly-plot').length >= 2", null, new() { Timeout = 60_000 });
        foreach (var path in new[] { "/rollouts/demo", "/rollouts", "/" })
        {
            await LookAsync(context, console.Url, path, "under-way", found);
        }

        await page.WaitForSelectorAsync("section.evidence", new() { Timeout = 120_000 });
        await page.WaitForFunctionAsync(GoodAndBad, null, new() { Timeout = 30_000 });
        await LookAsync(context, console.Url, "/rollouts/demo", "bad", found);
        await page.CloseAsync();
        await context.CloseAsync();
        await console.DisposeAsync();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private static async Task LookAsync(IBrowserContext context, string url, string path, string name, List<string> found)
    {
        foreach (var (width, theme) in new[] { (1440, "dark"), (400, "light") })
        {
            var page = await Chromium.OpenAsync(context, url + path, width, theme, found);
            var picture = Path.Combine(Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "opsconsole-pictures")).FullName, $"{name}{path.Replace('/', '-')}-{width}-{theme}.png");
            await page.ScreenshotAsync(new() { Path = picture, FullPage = true });
            found.AddRange((await PagesTests.BarriersAsync(page)).Select(barrier => $"{path} at {width}: {barrier}"));
            found.AddRange(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth") ? [$"{path} is too wide at {width}"] : Array.Empty<string>());
            await page.CloseAsync();
        }
    }

    private static async Task StartAsync(RunningConsole console)
    {
        var states = console.App.Services.GetRequiredService<IStates>();
        for (var tries = 0; tries < 200 && states.All<RegionFleet>(FleetStreams.Family).Sum(fleet => fleet.State.Hosts.Count) < 600; tries++)
        {
            await Task.Delay(100);
        }

        var text = ShippedPipelines.Text("s3-web");
        var bad = SimulatedReleases.All.First(release => release.Version == "sim-1.2.0");
        var pipeline = PipelineReader.Read(text).Content! with { Name = "demo", Service = bad.Service };
        await MustAsync(console, new SavePipeline(pipeline, text));
        await MustAsync(console, new AdoptRelease(bad.Service, "sim-1.0.0"));
        await MustAsync(console, new StartRollout("demo", bad.Service, bad.Version, pipeline.Name));
    }

    private static async Task MustAsync(RunningConsole console, ICommand command) => Assert.Null((await console.Commands.SendAsync(new(command, Root, "to look at"))).Rejection);
}
