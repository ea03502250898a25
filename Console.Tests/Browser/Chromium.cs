using Microsoft.Playwright;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Browser;

/// <summary>Debian's Chromium, started once for all browser tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright _playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path.Combine(AppContext.BaseDirectory, "Browser", "chromium-behind"),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A browser of its own, signed in by the console's one-time link.</summary>
    internal Task<IBrowserContext> SignInAsync(RunningConsole console) => SignInAsync(console.Link!);

    /// <summary>A second browser with the session of one that is signed in, and cookies of its own from then on.</summary>
    internal async Task<IBrowserContext> AlsoAsync(IBrowserContext signedIn) => await NewAsync(await signedIn.StorageStateAsync());

    internal async Task<IBrowserContext> SignInAsync(string link)
    {
        var context = await NewAsync(null);
        var page = await context.NewPageAsync();
        await page.GotoAsync(link);
        await page.CloseAsync();
        return context;
    }

    private async Task<IBrowserContext> NewAsync(string? state)
    {
        var context = await Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 }, StorageState = state });
        await context.AddInitScriptAsync("addEventListener('securitypolicyviolation', e => console.error(`policy: ${e.effectiveDirective} kept out ${e.blockedURI} at ${e.sourceFile}:${e.lineNumber} ${e.sample}`))");
        return context;
    }

    public static async Task<IPage> OpenAsync(IBrowserContext context, string address, int width = 1440, string theme = "dark", List<string>? errors = null)
    {
        // For all paths, as the page itself sets it: one more for this path only would leave both to be sent.
        await context.AddCookiesAsync([new() { Name = "theme", Value = theme, Url = new Uri(address).GetLeftPart(UriPartial.Authority) }]);
        var page = await context.NewPageAsync();
        page.Console += (_, message) => errors?.AddRange(message.Type == "error" ? [message.Text] : Array.Empty<string>());
        page.PageError += (_, error) => errors?.Add(error);
        await page.SetViewportSizeAsync(width, 900);
        await page.GotoAsync(address);
        await InteractiveAsync(page);
        return page;
    }

    /// <summary>Waits until the circuit is up: before that, clicks are lost.</summary>
    public static Task InteractiveAsync(IPage page) => page.WaitForFunctionAsync("() => window.ops?.live === true", null, new() { Timeout = 20_000 });

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class InChromium : ICollectionFixture<Chromium>
{
    public const string Name = "chromium";
}
