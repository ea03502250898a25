using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Rollouts;

/// <summary>Forecast, comparison and replay over HTTP and by verbs, with a journal on disk behind them.</summary>
public sealed class ForecastApiTests(RolloutConsole console) : IClassFixture<RolloutConsole>
{
    [Fact]
    public async Task A_rollout_is_foreseen_compared_and_replayed()
    {
        using var client = console.Console.Admin();
        var plan = await (await client.PostAsJsonAsync("/api/v1/plan", new { pipeline = "quick", version = RolloutConsole.New })).JsonAsync();
        Assert.Equal(6, plan.GetProperty("forecast").GetProperty("stages")[0].GetProperty("waves")[0].GetProperty("regions")[0].GetProperty("batches").GetArrayLength());
        Assert.Contains("assumed", plan.GetProperty("forecast").GetProperty("assumptions")[0].GetString(), StringComparison.Ordinal);

        var id = await console.StartAsync(client, "quick");
        await console.UntilAsync(client, id, summary => summary.GetProperty("status").GetString() == nameof(RolloutStatus.Completed));

        var forecast = await client.GetFromJsonAsync<JsonElement>($"/api/v1/rollouts/{id}/forecast");
        Assert.Equal("it ended as Completed", forecast.GetProperty("whyNot").GetString());
        var slips = forecast.GetProperty("difference").GetProperty("batches").EnumerateArray().ToArray();
        Assert.Equal(6, slips.Length);
        Assert.All(slips, slip => Assert.InRange(Math.Abs(slip.GetProperty("secondsLate").GetDouble()), 0, 60));

        var both = await client.GetFromJsonAsync<JsonElement>($"/api/v1/rollouts/{id}/compare/{id}");
        Assert.Equal(0, both.GetProperty("planChanges").GetArrayLength());
        Assert.Equal(6, both.GetProperty("one").GetProperty("story").GetProperty("batches").GetArrayLength());

        var strict = RolloutConsole.Yaml("quick").Replace("max: 0.01", "max: 0", StringComparison.Ordinal).Replace("2 of 3", "1 of 1", StringComparison.Ordinal);
        var replay = await (await client.PostAsync(new Uri($"/api/v1/rollouts/{id}/replay", UriKind.Relative), RolloutConsole.Body(RolloutConsole.Yaml("quick")))).JsonAsync();
        Assert.Equal("NotStopped", replay.GetProperty("outcome").GetString());
        var falsely = await (await client.PostAsync(new Uri($"/api/v1/rollouts/{id}/replay", UriKind.Relative), RolloutConsole.Body(strict))).JsonAsync();
        Assert.Contains(falsely.GetProperty("outcome").GetString(), new[] { "FalseStop", "NotStopped" });
        Assert.All(falsely.GetProperty("gates").EnumerateArray(), gate => Assert.Equal(0, gate.GetProperty("unknown").GetInt32()));

        var bad = await client.PostAsync(new Uri($"/api/v1/rollouts/{id}/replay", UriKind.Relative), RolloutConsole.Body("name: x"));
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri("/api/v1/rollouts/none/forecast", UriKind.Relative))).StatusCode);
    }
}
