using System.Globalization;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Browser;

/// <summary>How long it takes from an event on disk to the frame that shows it, in a real browser. Printed, not judged: a busy machine is not a defect.</summary>
[Collection(InChromium.Name)]
[Trait("Category", "Browser")]
public sealed class EventToScreenTests(Chromium chromium, ITestOutputHelper output)
{
    private const int Rounds = 30;

    private const string Shown =
        "id => new Promise(done => { const look = () => document.querySelector(`[data-pull=\"${id}\"]`) ? done(Date.now()) : requestAnimationFrame(look); look(); })";

    [Fact]
    public async Task Every_pull_of_the_cord_is_on_the_screen_of_who_only_watches()
    {
        var console = await SeededConsole.StartAsync();
        try
        {
            await using var context = await chromium.SignInAsync(console);
            var page = await Chromium.OpenAsync(context, $"{console.Url}/");
            var person = Actor.Person("ada", Role.Admin);
            var took = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                var pull = $"c-{(2 * round) + 1}";
                var shown = page.EvaluateAsync<double>(Shown, pull);
                var pulled = await console.Commands.SendAsync(new(new PullCord(Scope.Global, CordMode.Halt), person, "measured"));
                var committed = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
                Assert.True(pulled.Accepted, pulled.Rejection?.ToString());
                took.Add(await shown - committed);
                Assert.True((await console.Commands.SendAsync(new(new ReleaseCord(pull), person, "measured"))).Accepted);
            }

            took.Sort();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"event to screen over {Rounds} pulls: p50 {took[Rounds / 2]:0} ms, p90 {took[Rounds * 9 / 10]:0} ms, worst {took[^1]:0} ms"));
            await page.CloseAsync();
        }
        finally
        {
            await console.DisposeAsync();
        }
    }
}
