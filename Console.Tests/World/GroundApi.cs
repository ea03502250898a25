using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace OpsConsole.Tests.World;

/// <summary>What a test asks the HTTP API of a real console about its proving ground.</summary>
internal sealed class GroundApi : IDisposable
{
    private readonly HttpClient _client;
    private readonly ConsoleProcess _console;

    public GroundApi(ConsoleProcess console)
    {
        _console = console;
        _client = new HttpClient { BaseAddress = new Uri($"{console.Url}/api/v1/"), Timeout = TimeSpan.FromSeconds(60) };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(Path.Combine(console.DataFolder, "cli-token")).Trim());
    }

    public void Dispose() => _client.Dispose();

    public Task ServesAsync() => UntilAsync(() => Task.FromResult(_console.Output.Contains("the proving ground serves", StringComparison.Ordinal)), TimeSpan.FromMinutes(2), () => Task.FromResult($"the proving ground never served:\n{_console.Output}"));

    public async Task StartAsync(string release, string name)
    {
        using var answer = await _client.PostAsJsonAsync("rollouts", new { pipeline = "web", version = release, rollout = name, reason = "to see what becomes of it" });
        Assert.True(answer.IsSuccessStatusCode, $"{release} was not started: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>The rollout's picture, in full, once its state is the one awaited; fails with the picture where another end comes first or none in time.</summary>
    public async Task<JsonElement> EndsAsync(string name, string status, TimeSpan patience)
    {
        JsonElement picture = default;
        await UntilAsync(
            async () =>
            {
                picture = await _client.GetFromJsonAsync<JsonElement>($"rollouts/{name}/picture");
                var now = picture.GetProperty("summary").GetProperty("status").GetString();
                Assert.False(now != status && now is "Completed" or "NeedsOperator" or "Abandoned", $"{name} came to {now}, not {status}: {picture}");
                return now == status;
            },
            patience,
            () => Task.FromResult($"{name} did not come to {status}: {picture}"));
        return picture;
    }

    public async Task<JsonElement[]> WebHostsAsync() =>
        [.. (await _client.GetFromJsonAsync<JsonElement>("fleet/regions/local-1/hosts?take=100")).GetProperty("hosts").EnumerateArray().Where(host => host.GetProperty("service").GetString() == "web")];

    /// <summary>All the releases that web hosts run.</summary>
    public async Task<string[]> ReleasesAsync() => [.. (await WebHostsAsync()).Select(host => host.GetProperty("release").GetString()!).Distinct()];

    /// <summary>AZs in which a host was given work towards the release.</summary>
    public async Task<IReadOnlyCollection<string>> AzsVisitedAsync(string release)
    {
        var azOf = (await WebHostsAsync()).ToDictionary(host => host.GetProperty("id").GetString()!, host => host.GetProperty("az").GetString()!);
        return (await EventsAsync(release)).Where(one => one.GetProperty("event").GetString() == "fleet.visits-began")
            .SelectMany(one => one.GetProperty("facts").GetProperty("visits").EnumerateArray())
            .Where(visit => visit.GetProperty("release").GetString() == release)
            .Select(visit => azOf[visit.GetProperty("host").GetString()!])
            .ToHashSet();
    }

    /// <summary>Begun visits: what only grows when commands leave.</summary>
    public async Task<int> VisitsBegunAsync() => (await EventsAsync(null)).Count(one => one.GetProperty("event").GetString() == "fleet.visits-began");

    public static async Task UntilAsync(Func<Task<bool>> holds, TimeSpan patience, Func<Task<string>> words)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(began) > patience)
            {
                Assert.Fail($"not within {patience.TotalSeconds} s: {await words()}");
            }

            await Task.Delay(200);
        }
    }

    private async Task<JsonElement[]> EventsAsync(string? text) =>
        [.. (await _client.GetFromJsonAsync<JsonElement>($"audit?stream=fleet/local-1&take=500{(text is null ? "" : $"&text={text}")}")).GetProperty("events").EnumerateArray()];
}
