using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Engine.Noodles;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Noodles.Web;

/// <summary>A metric of a running console, leased by a run that was asked for over HTTP: who hands numbers in, the scenario that reads them and who looks at the pool all speak HTTP.</summary>
public sealed class MetricPoolOverHttpTests : IAsyncLifetime
{
    private readonly RunningConsole _console;
    private HttpClient _client = null!;

    public MetricPoolOverHttpTests() => _console = new() { Services = services => services.AddSingleton<INoodleTargets>(_ => new Itself(() => _console!.Url)) };

    public async Task InitializeAsync()
    {
        await _console.InitializeAsync();
        // What the features hand in is signed by a program that may do nothing else.
        var token = await _console.TokenAsync(("Operator", "global"));
        await _console.RestartAsync(() => WriteAsync(token));
        _client = _console.Admin();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _console.DisposeAsync();
    }

    [Fact]
    public async Task A_scenario_waits_with_its_metric_for_what_a_program_outside_hands_in()
    {
        await StartAsync("waiting", "@outside");
        var leased = await LeasedAsync();
        Assert.Equal(("metric", "own/handed-in.feature:3"), (leased.Kind, leased.Holder));
        using var handed = await HandInAsync($"{leased.Name}{{host=a}}", 4, 3);
        Assert.Equal(HttpStatusCode.OK, handed.StatusCode);
        await PassedAsync("waiting");

        var pool = await PoolAsync();
        Assert.Equal((0, 0, 1), (pool.GetProperty("leased").GetArrayLength(), pool.GetProperty("quarantined").GetArrayLength(), pool.GetProperty("leases").GetInt32()));
        Assert.Empty((await _client.GetFromJsonAsync<JsonElement>($"/api/v1/metrics/streams?metric={leased.Name}")).EnumerateArray());
    }

    [Fact]
    public async Task A_scenario_hands_in_by_itself_and_the_next_one_finds_the_metric_empty()
    {
        await StartAsync("first", "@inside");
        await PassedAsync("first");
        await StartAsync("second", "@inside");
        await PassedAsync("second");
        Assert.Equal(4, (await PoolAsync()).GetProperty("leases").GetInt32());
    }

    [Fact]
    public async Task A_metric_that_somebody_wrote_to_between_two_scenarios_is_quarantined_by_name()
    {
        await StartAsync("first", "@inside");
        await PassedAsync("first");
        using var handed = await HandInAsync("noodle-0{host=late}", 1, 1);
        Assert.Equal(HttpStatusCode.OK, handed.StatusCode);
        await StartAsync("second", "@inside");
        await PassedAsync("second");
        var quarantined = Assert.Single((await PoolAsync()).GetProperty("quarantined").EnumerateArray());
        Assert.Equal("noodle-0", quarantined.GetProperty("name").GetString());
        Assert.Contains("noodle-0{host=late}", quarantined.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    private async Task WriteAsync(string token)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_console.DataFolder, "noodles", "features", "own")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "handed-in.feature"), $$"""
            Feature: Numbers are handed in over HTTP
              @outside
              Scenario: by a program outside
                Given a metric "orders"
                Then the metric "orders" has at least 3 values within 20 seconds
                And the sum of the metric "orders" is 12

              @inside
              Scenario: by the scenario
                Given a metric "orders"
                And a metric "wait" of milliseconds
                And requests have the header "Authorization" with "Bearer {{token}}"
                Then the metric "orders" is empty
                When POST "/api/v1/metrics" is sent with:
                  ```json
                  {"points": [{"stream": "${orders}{az=eu-1a}", "value": 2, "count": 5}, {"stream": "${wait}", "value": 40, "count": 2}]}
                  ```
                Then the status is 200
                And the metric "orders" has at least 5 values within 5 seconds
                And the sum of the metric "orders" is 10
                And the p50 of the metric "wait" is between 39 and 41

            """);
    }

    private async Task StartAsync(string id, string tags)
    {
        using var asked = await _client.PostAsJsonAsync("/api/v1/noodles/runs", new { id, target = "itself", tags, reason = "to see" });
        Assert.True(asked.StatusCode == HttpStatusCode.OK, await asked.Content.ReadAsStringAsync());
    }

    private Task<HttpResponseMessage> HandInAsync(string stream, double value, int count) =>
        _client.PostAsJsonAsync("/api/v1/metrics", new { points = new[] { new { stream, value, count } } });

    private async Task<(string Kind, string Name, string Holder)> LeasedAsync() =>
        await UntilAsync<(string, string, string)>("a metric is leased", async () =>
        {
            var leased = (await _client.GetFromJsonAsync<JsonElement>("/api/v1/noodles/pools")).GetProperty("pools").EnumerateArray()
                .SelectMany(pool => pool.GetProperty("leased").EnumerateArray().Select(one => (pool.GetProperty("kind").GetString()!, one.GetProperty("name").GetString()!, one.GetProperty("holder").GetString()!))).ToArray();
            return leased.Length == 0 ? null : leased[0];
        });

    private async Task<JsonElement> PoolAsync() => (await _client.GetFromJsonAsync<JsonElement>("/api/v1/noodles/pools")).GetProperty("pools").EnumerateArray().Single(pool => pool.GetProperty("kind").GetString() == "metric");

    private async Task PassedAsync(string id)
    {
        var run = await UntilAsync<JsonElement>($"{id} has ended", async () =>
        {
            var now = await _client.GetFromJsonAsync<JsonElement>($"/api/v1/noodles/runs/{id}");
            return now.GetProperty("run").GetProperty("endedAt").ValueKind == JsonValueKind.Null ? null : now;
        });
        Assert.True(run.GetProperty("run").GetProperty("passed").GetBoolean(), run.ToString());
    }

    private static async Task<T> UntilAsync<T>(string what, Func<Task<T?>> look)
        where T : struct
    {
        for (var looks = 0; looks < 300; looks++)
        {
            if (await look() is { } found)
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        throw new TimeoutException($"Not within 30 s: {what}.");
    }

    private sealed class Itself(Func<string> url) : INoodleTargets
    {
        public ImmutableArray<NoodleTarget> Targets => [new("itself", new Uri(url()), "local-1", [])];
    }
}
