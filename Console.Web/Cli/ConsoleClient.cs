using System.Net.Http.Headers;
using System.Text.Json;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Cli;

/// <summary>Why the console did not do it, as it said it.</summary>
internal sealed record Refusal(int Status, string Code, string What, string Why, string Do);

/// <summary>The console refused; exit code 1.</summary>
internal sealed class RefusedException(Refusal refusal, JsonElement raw) : Exception(refusal.What)
{
    public Refusal Refusal { get; } = refusal;

    public JsonElement Raw { get; } = raw;
}

/// <summary>Talks to a running console over <c>/api/v1</c>, as the verbs do.</summary>
internal sealed class ConsoleClient : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="url">Of the console, such as <c>http://127.0.0.1:5080</c>.</param>
    /// <param name="token">Null where none was found: the console will say so.</param>
    public ConsoleClient(Uri url, string? token)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = !url.IsLoopback }) { BaseAddress = new Uri(url, ApiSetup.Root + "/"), Timeout = TimeSpan.FromSeconds(100) };
        _http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
    }

    public static JsonSerializerOptions Json { get; } = MakeJson();

    /// <param name="path">Below <c>/api/v1/</c>, without a slash before it.</param>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancel) => SendAsync(HttpMethod.Get, path, null, cancel);

    public Task<JsonElement> PostAsync(string path, object body, CancellationToken cancel) => SendAsync(HttpMethod.Post, path, JsonContent.Create(body, options: Json), cancel);

    public Task<JsonElement> PutAsync(string path, object body, CancellationToken cancel) => SendAsync(HttpMethod.Put, path, JsonContent.Create(body, options: Json), cancel);

    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancel) => SendAsync(HttpMethod.Delete, path, null, cancel);

    /// <summary>Sends a file as it is.</summary>
    public async Task<JsonElement> SendFileAsync(HttpMethod method, string path, FileInfo file, string contentType, CancellationToken cancel)
    {
        await using var stream = file.OpenRead();
        var content = new StreamContent(stream);
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        return await SendAsync(method, path, content, cancel);
    }

    /// <summary>Gets text that is not JSON, such as an exported file.</summary>
    public async Task<string> GetTextAsync(string path, CancellationToken cancel)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), cancel);
        if (!answer.IsSuccessStatusCode)
        {
            throw await RefusedAsync(answer, cancel);
        }

        return await answer.Content.ReadAsStringAsync(cancel);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var answer = await _http.SendAsync(request, cancel);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>(cancel) : throw await RefusedAsync(answer, cancel);
    }

    private static async Task<RefusedException> RefusedAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        try
        {
            var raw = await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
            string Text(string name) => raw.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
            return new(new((int)answer.StatusCode, Text("code"), Text("what"), Text("why"), Text("do")), raw);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new(new((int)answer.StatusCode, "cli.odd-answer", "The console refused.", $"It answered {(int)answer.StatusCode} without saying why.", "Check that --url names an OpsConsole."), default);
        }
    }

    private static JsonSerializerOptions MakeJson()
    {
        var json = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        ApiSetup.Configure(json);
        return json;
    }
}
