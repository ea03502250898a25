using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;
using OpsConsole.Web.Shell;

namespace OpsConsole.Tests.World;

/// <summary>A whole console in this process, on real Kestrel and a free port, with its own data folder.</summary>
public sealed partial class RunningConsole : IAsyncLifetime
{
    private readonly string _data = Path.Combine(Path.GetTempPath(), $"opsconsole-{Guid.NewGuid():n}");
    private WebApplication? _app;

    public WebApplication App => _app!;

    public string Url => App.Address();

    public string? Link { get; private set; }

    public string DataFolder => _data;

    public string AdminToken { get; private set; } = "";

    public ICommands Commands => App.Services.GetRequiredService<ICommands>();

    public IStates States => App.Services.GetRequiredService<IStates>();

    public Action<IServiceCollection>? Services { get; init; }

    public async Task InitializeAsync()
    {
        _app = ConsoleApp.Build(new("http://127.0.0.1:0", _data)
        {
            Services = services =>
            {
                services.AddLogging(log => log.SetMinimumLevel(LogLevel.Error));
                Services?.Invoke(services);
            },
        });
        await _app.OpenAsync(link => Link = link, CancellationToken.None);
        AdminToken = (await File.ReadAllTextAsync(Path.Combine(_data, "cli-token"))).Trim();
    }

    /// <summary>Ends the console and starts it again on the same data folder.</summary>
    /// <param name="meanwhile">Done while nobody holds the folder.</param>
    public async Task RestartAsync(Func<Task>? meanwhile = null)
    {
        await _app!.DisposeAsync();
        Link = null;
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        await InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        Directory.Delete(_data, recursive: true);
    }

    /// <summary>A program with this token; with none, a stranger. Follows no redirects and shares its cookies with nobody.</summary>
    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = new Uri(Url) };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public HttpClient Admin() => Client(AdminToken);

    /// <summary>A new token with these roles, such as <c>("Viewer", "global")</c>.</summary>
    public async Task<string> TokenAsync(params (string Role, string Scope)[] grants)
    {
        using var admin = Admin();
        var answer = await admin.PostAsJsonAsync("/api/v1/tokens", new { name = $"t-{Guid.NewGuid():n}", days = 1, grants = grants.Select(grant => new { role = grant.Role, scope = grant.Scope }) });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    /// <summary>Fills in a form of the door's pages as a browser would, with its anti-forgery token.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(HttpClient browser, string page, params (string Name, string Value)[] fields)
    {
        var html = await browser.GetStringAsync(new Uri(page, UriKind.Relative));
        var token = FormToken().Match(html).Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        return await browser.PostAsync(new Uri(page, UriKind.Relative), form);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
