using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Journal.Sqlite;
using OpsConsole.Tests.Rollouts;
using OpsConsole.Tests.Scenarios.Regression;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Browser;

/// <summary>Years of rollouts: the list stays quick, and only the rows in sight are in the page.</summary>
[Collection(InChromium.Name)]
[Trait("Category", "Browser")]
public sealed class ManyRolloutsTests(Chromium chromium, ITestOutputHelper output)
{
    private const int Ended = 10_000;
    private const int Loads = 5;

    /// <summary>Milliseconds to the first contentful paint, the best of several loads: what the machine does beside them is not the page's.</summary>
    private const double FirstPaint = 1_000;

    private const string Rows = "document.querySelectorAll('.table-scroll tbody tr a').length";

    [Fact]
    [Regression("ui-01")]
    public async Task Ten_thousand_rollouts_are_listed_row_by_row_as_they_come_into_sight()
    {
        var world = new RolloutConsole();
        await world.InitializeAsync();
        await SeedAsync(world);
        await using var context = await chromium.SignInAsync(world.Console);
        var page = await Chromium.OpenAsync(context, $"{world.Console.Url}/rollouts?show=all");
        var painted = new List<double> { await PaintedAsync(page) };
        while (painted.Count < Loads)
        {
            await page.ReloadAsync();
            await Chromium.InteractiveAsync(page);
            painted.Add(await PaintedAsync(page));
        }

        Assert.InRange(painted.Min(), 1, FirstPaint);

        Assert.Contains("1 rollout under way of 10,001 known", await page.Locator(".head").First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.InRange(await page.EvaluateAsync<int>(Rows), 10, 100);
        await page.EvaluateAsync("() => { const list = document.querySelector('.table-scroll'); list.scrollTop = list.scrollHeight; }");
        await page.GetByText("seeded-00000", new() { Exact = true }).WaitForAsync(new() { Timeout = 20_000 });
        Assert.InRange(await page.EvaluateAsync<int>(Rows), 10, 100);

        // The one that is under way was started before all others ended; it must still be found, and what it does must come through.
        await page.GotoAsync($"{world.Console.Url}/rollouts");
        await Chromium.InteractiveAsync(page);
        await page.GetByText("first", new() { Exact = true }).WaitForAsync();
        var sent = Stopwatch.GetTimestamp();
        await world.MustAsync(new AbortRollout("first"));
        await page.Locator("tr", new() { HasText = "first" }).GetByText("stopped").First.WaitForAsync(new() { Timeout = 20_000 });
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first contentful paint with {Ended + 1} rollouts: cold {painted[0]:0} ms, best of {Loads} {painted.Min():0} ms; an abort was on the screen after {Stopwatch.GetElapsedTime(sent).TotalMilliseconds:0} ms"));
        await context.CloseAsync();
        await world.DisposeAsync();
    }

    private static Task<double> PaintedAsync(IPage page) => page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0].startTime");

    /// <summary>One real rollout, and its beginning copied under ten thousand names, each completed later than it.</summary>
    private static async Task SeedAsync(RolloutConsole world)
    {
        await world.MustAsync(new StartRollout("first", "web", RolloutConsole.New, "slow"));
        var services = world.Console.App.Services;
        var families = services.GetServices<StreamFamily>().ToArray();
        var page = await services.GetRequiredService<IJournal>().ReadBackAsync(new(Stream: "rollout/first", Take: 500), CancellationToken.None);
        var started = page.Single(recorded => recorded.Event is RolloutStarted);
        await world.Console.RestartAsync(async () =>
        {
            await using var journal = new SqliteJournal(new JournalOptions(world.Console.DataFolder), families, TimeProvider.System);
            foreach (var chunk in Enumerable.Range(0, Ended).Chunk(500))
            {
                await Task.WhenAll(chunk.Select(i => AppendAsync(journal, $"rollout/seeded-{i:00000}", started, i)));
            }
        });
    }

    private static async Task AppendAsync(SqliteJournal journal, string stream, Recorded started, int number)
    {
        var answer = new TaskCompletionSource<Rejection?>(TaskCreationOptions.RunContinuationsAsynchronously);
        ImmutableArray<IEvent> events = [started.Event, new RolloutCompleted()];
        var refused = journal.Enqueue(
            new Append(new(stream), 0, events, started.At.AddTicks((number + 1) * 1_000L), started.Actor, "years ago", "test", null) { OnCommitted = _ => answer.SetResult(null), OnFailed = answer.SetResult },
            journal.Generation);
        Assert.Null(refused ?? await answer.Task);
    }
}
