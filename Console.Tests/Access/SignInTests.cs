using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Access;
using OpsConsole.Engine.Access;
using OpsConsole.Engine.Journal;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Access;

public sealed class SignInTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";
    private readonly RunningConsole _console = new();

    public Task InitializeAsync() => _console.InitializeAsync();

    public Task DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task The_printed_link_signs_in_once_and_only_once()
    {
        using var browser = _console.Client();
        var first = await browser.GetAsync(new Uri(_console.Link!));
        Assert.Equal("/", first.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);

        using var second = _console.Client();
        Assert.Equal(HttpStatusCode.Forbidden, (await second.GetAsync(new Uri(_console.Link!))).StatusCode);
        Assert.False(File.Exists(Path.Combine(_console.DataFolder, "sign-in-link.txt")));
        Assert.Contains(await EventsAsync(), happened => happened is HappenedAtDoor { Name: "admin", What: DoorEvent.SignedInByLink });
    }

    [Fact]
    public async Task The_session_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        using var browser = _console.Client();
        var cookie = (await browser.GetAsync(new Uri(_console.Link!))).Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("opsconsole=", StringComparison.Ordinal));

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task What_the_first_start_leaves_in_the_data_folder_is_for_its_owner_only()
    {
        foreach (var file in new[] { "sign-in-link.txt", "cli-token", "access.db" })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_console.DataFolder, file)));
        }

        Assert.Equal(_console.Link, (await File.ReadAllTextAsync(Path.Combine(_console.DataFolder, "sign-in-link.txt"))).Trim());
    }

    [Fact]
    public async Task The_link_is_made_anew_at_each_start_until_somebody_has_a_password()
    {
        var first = _console.Link!;
        await _console.RestartAsync();
        Assert.NotEqual(first.Split('/')[^1], _console.Link!.Split('/')[^1]);

        await SetPasswordAsync();
        await _console.RestartAsync();
        Assert.Null(_console.Link);
    }

    [Fact]
    public async Task A_password_signs_in_and_a_wrong_one_tells_nothing()
    {
        await SetPasswordAsync();
        using var browser = _console.Client();
        var wrong = await RunningConsole.SubmitAsync(browser, "/sign-in", ("name", "admin"), ("password", "wrong"));
        var nobody = await RunningConsole.SubmitAsync(browser, "/sign-in", ("name", "nobody"), ("password", "wrong"));
        var right = await RunningConsole.SubmitAsync(browser, "/sign-in", ("name", "admin"), ("password", Password), ("to", "/cord"));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (wrong.StatusCode, nobody.StatusCode));
        Assert.Equal(Shown(await wrong.Content.ReadAsStringAsync()), Shown(await nobody.Content.ReadAsStringAsync()));
        Assert.Equal("/cord", right.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    public async Task Signing_in_never_leads_to_another_site(string to)
    {
        await SetPasswordAsync();
        using var browser = _console.Client();
        var answer = await RunningConsole.SubmitAsync(browser, "/sign-in", ("name", "admin"), ("password", Password), ("to", to));
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_the_right_one_too()
    {
        await SetPasswordAsync();
        using var browser = _console.Client();
        for (var i = 0; i < 5; i++)
        {
            await RunningConsole.SubmitAsync(browser, "/sign-in", ("name", "admin"), ("password", "wrong"));
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await RunningConsole.SubmitAsync(browser, "/sign-in", ("name", "admin"), ("password", Password))).StatusCode);
        Assert.Contains(await EventsAsync(), happened => happened is HappenedAtDoor { Name: "admin", What: DoorEvent.LockedOut });

        await using var db = await _console.App.Services.GetRequiredService<IDbContextFactory<AccessDb>>().CreateDbContextAsync();
        var locked = (await db.Users.SingleAsync(login => login.UserName == "admin")).LockoutEnd!.Value - TimeProvider.System.GetUtcNow();
        Assert.InRange(locked, TimeSpan.FromMinutes(13), TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task The_door_takes_ten_tries_a_minute()
    {
        using var browser = _console.Client();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(new Uri("/sign-in/once/guess", UriKind.Relative))).StatusCode);
        }

        var answer = await browser.GetAsync(new Uri("/sign-in/once/guess", UriKind.Relative));
        await answer.IsProblemAsync(HttpStatusCode.TooManyRequests, "api.too-often");
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var browser = _console.Client();
        using var form = new FormUrlEncodedContent([new("name", "admin"), new("password", "x")]);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync(new Uri("/sign-in", UriKind.Relative), form)).StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_a_removed_account_is_out_at_once()
    {
        using var browser = _console.Client();
        await browser.GetAsync(new Uri(_console.Link!));
        var outward = await RunningConsole.SubmitAsync(browser, "/sign-out");
        Assert.Equal("/sign-in", outward.Headers.Location!.OriginalString);
        Assert.Equal("/sign-in", (await browser.GetAsync(new Uri("/", UriKind.Relative))).Headers.Location!.AbsolutePath);

        var (result, link) = await _console.App.Services.GetRequiredService<Accounts>().SendAsync(new(new MakeAccount("ada", [new(Role.Viewer, Scope.Global)]), Actor.Engine), CancellationToken.None);
        Assert.True(result.Accepted);
        await browser.GetAsync(new Uri($"/sign-in/once/{link}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri("/api/v1/me", UriKind.Relative))).StatusCode);
        await _console.Commands.SendAsync(new(new RemoveAccount("ada"), Actor.Engine));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync(new Uri("/api/v1/me", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task No_secret_is_in_the_journal_or_in_the_open_in_the_store()
    {
        await SetPasswordAsync();
        await _console.App.StopAsync();
        var link = _console.Link!.Split('/')[^1];
        foreach (var file in Directory.EnumerateFiles(_console.DataFolder).Where(file => Path.GetFileName(file) is not ("cli-token" or "journal.lock")))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            var bytes = await reader.ReadToEndAsync();
            Assert.All([Password, link, _console.AdminToken], secret => Assert.False(bytes.Contains(secret, StringComparison.Ordinal), $"{Path.GetFileName(file)} holds a secret"));
        }
    }

    private static string Shown(string html) => html.Split("role=\"alert\">")[1].Split('<')[0];

    private async Task SetPasswordAsync()
    {
        using var browser = _console.Client();
        await browser.GetAsync(new Uri(_console.Link!));
        Assert.Equal(HttpStatusCode.OK, (await RunningConsole.SubmitAsync(browser, "/sign-in/password", ("wished", Password), ("again", Password))).StatusCode);
    }

    private async Task<Domain.Journal.IEvent[]> EventsAsync() =>
        [.. (await _console.App.Services.GetRequiredService<IJournal>().ReadBackAsync(new(Stream: AccessStreams.Family), CancellationToken.None)).Select(recorded => recorded.Event)];
}
