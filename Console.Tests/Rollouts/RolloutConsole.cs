using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Rehearsal;
using OpsConsole.Engine.Rollouts;
using OpsConsole.Engine.Rollouts.Notifications;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Rollouts;

/// <summary>A console on real Kestrel with six simulated hosts that never fail, two releases, a pipeline that ends soon and one whose one-box bakes for an hour.</summary>
public sealed class RolloutConsole : IAsyncLifetime
{
    public const string Old = "1.0";
    public const string New = "2.0";

    public RunningConsole Console { get; } = new() { Services = AddSimulated };

    public IStates States => Console.States;

    public async Task InitializeAsync()
    {
        await Console.InitializeAsync();
        ImmutableArray<Host> hosts =
        [
            .. from az in new[] { "a", "b", "c" }
               from n in new[] { 1, 2 }
               select new Host($"eu-{az}{n}", "commercial", "eu", $"eu{az}", $"r{n}", HostRole.Web, "web", "m1", n, HostDriver.Simulated) { Release = Old },
        ];
        await MustAsync(new PlaceHosts("eu", "commercial", hosts, []));
        await MustAsync(new RegisterRelease(Release(Old)));
        await MustAsync(new RegisterRelease(Release(New)));
        await MustAsync(new AdoptRelease("web", Old));
        foreach (var name in new[] { "quick", "slow" })
        {
            await MustAsync(new SavePipeline(PipelineReader.Read(Yaml(name)).Content!, Yaml(name)));
        }
    }

    public Task DisposeAsync() => Console.DisposeAsync();

    public static string Yaml(string name) => $$"""
        name: {{name}}
        service: web
        capacityFloor: 50%
        window: 1s
        gates:
          - { name: errors, metric: error-rate, max: 0.01, minSamples: 5, windows: 2 of 3 }
        rollback:
          bake: { for: 1s, extend: 1m }
        stages:
          - name: everywhere
            oneBox: { for: {{(name == "slow" ? "1h" : "1s")}}, extend: 1m }
        """;

    public static StringContent Body(string yaml) => new(yaml, Encoding.UTF8, "application/yaml");

    public async Task<string> StartAsync(HttpClient client, string pipeline = "slow")
    {
        var answer = await client.PostAsJsonAsync("/api/v1/rollouts", new { pipeline, version = New, reason = "a try" });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.JsonAsync()).GetProperty("rollout").GetString()!;
    }

    public async Task<JsonElement> UntilAsync(HttpClient client, string rollout, Func<JsonElement, bool> holds)
    {
        for (var i = 0; i < 600; i++)
        {
            var summary = await client.GetFromJsonAsync<JsonElement>($"/api/v1/rollouts/{rollout}");
            if (holds(summary))
            {
                return summary;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"{rollout} did not come so far: {await client.GetStringAsync(new Uri($"/api/v1/rollouts/{rollout}/picture", UriKind.Relative))}");
    }

    public async Task MustAsync(ICommand command) => Assert.Null((await Console.Commands.SendAsync(new(command, SmallFleet.Root, "set up"))).Rejection);

    private static Release Release(string version) => new("web", version, $"sha256:{new string(version[0], 64)}", false, "");

    /// <summary>The rehearsal without its 39 regions.</summary>
    private static void AddSimulated(IServiceCollection services)
    {
        services.AddSimulatedHosts(new SimulationOptions { Pace = 0.01, FailedVisits = 0, HungVisits = 0 });
        services.AddSingleton(new NotificationOptions { AllowLoopback = true });
    }
}
