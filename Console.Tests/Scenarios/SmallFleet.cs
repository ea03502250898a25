using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Tests.Scenarios;

/// <summary>Two regions of three AZs, two hosts and in the first AZ a validator each; a release they run and one that is to travel.</summary>
internal static class SmallFleet
{
    public const string Old = "1.0";
    public const string New = "2.0";

    public static async Task<Scenario> StartedAsync(Action<Scenario>? before = null, Func<Pipeline, Pipeline>? change = null, bool start = true, bool rollForwardOnly = false, Action<IServiceCollection>? services = null)
    {
        var scenario = new Scenario(services);
        before?.Invoke(scenario);
        foreach (var region in new[] { "eu", "us" })
        {
            var hosts = Hosts(region).ToImmutableArray();
            foreach (var host in hosts)
            {
                scenario.Hosts.Runs(host.Id, Old);
            }

            await scenario.MustAsync(new PlaceHosts(region, "commercial", hosts, []));
        }

        await scenario.MustAsync(new RegisterRelease(Release(Old)));
        await scenario.MustAsync(new RegisterRelease(Release(New) with { RollForwardOnly = rollForwardOnly }));
        await scenario.MustAsync(new AdoptRelease("web", Old));
        var pipeline = (change ?? (same => same))(Pipeline());
        await scenario.MustAsync(new SavePipeline(pipeline, $"the file of {pipeline.Name}"));
        if (start)
        {
            await scenario.MustAsync(new StartRollout("r1", "web", New, "web"));
        }

        return scenario;
    }

    public static Pipeline Pipeline() =>
        new("web", "web",
        [
            new("validators", StageHosts.Validators) { RegionBake = Baking(2, 30) with { Of = Metrics.ProbeSuccess }, Parallel = 2 },
            new("first region", StageHosts.Regions) { Regions = ["eu"], OneBox = Baking(4, 200), BatchBake = Baking(2, 0), AzBake = Baking(4, 0), RegionBake = Baking(4, 0) },
            new("rest", StageHosts.Regions) { BatchBake = Baking(2, 0), AzBake = Baking(2, 0) },
        ])
        {
            Window = TimeSpan.FromSeconds(1),
            CapacityFloor = 50,
            Unhealthy = TimeSpan.FromSeconds(10),
            Casualties = new(0, 1),
            Limits = new() { Visit = TimeSpan.FromSeconds(30), Batch = TimeSpan.FromMinutes(2), Az = TimeSpan.FromMinutes(10), Stage = TimeSpan.FromMinutes(30), Decision = TimeSpan.FromHours(1) },
            Rollback = new() { Bake = Baking(2, 0) },
            Gates =
            [
                new("errors", Metrics.ErrorRate) { MaxIncrease = 0.01, MinSamples = 10, Bad = 2, Of = 3 },
                new("latency", Metrics.LatencyP99) { MaxRatio = 2, Floor = 10, MinSamples = 10, Bad = 2, Of = 3 },
                new("availability", Metrics.Availability) { Min = 0.9, MinSamples = 5, Bad = 2, Of = 3 },
                new("probe", Metrics.ProbeSuccess) { Min = 0.99, MinSamples = 5, Bad = 2, Of = 3 },
            ],
        };

    public static Release Release(string version) => new("web", version, $"sha256:{new string(version[0], 64)}", false, "");

    public static IEnumerable<Host> All(Scenario scenario) => scenario.Fleet("eu").Hosts.Values.Concat(scenario.Fleet("us").Hosts.Values);

    public static void IsRolledBack(Scenario scenario)
    {
        Assert.True(scenario.Rollout().Status == RolloutStatus.RolledBack, scenario.Describe());
        Assert.All(All(scenario), host => Assert.Equal((Old, HostState.InService), (host.Release, host.State)));
        Assert.Equal("r1", scenario.States.Get<ReleaseCatalog>(ReleaseStreams.Of("web")).Releases[New].QuarantinedBy);
    }

    private static Bake Baking(int seconds, long samples) => new(TimeSpan.FromSeconds(seconds), samples, TimeSpan.FromSeconds(20));

    private static IEnumerable<Host> Hosts(string region) =>
        from az in new[] { "a", "b", "c" }
        from n in az == "a" ? new[] { 1, 2, 9 } : [1, 2]
        select new Host($"{region}-{az}{n}", "commercial", region, $"{region}{az}", $"r{n}", HostRole.Web, "web", "m1", n, HostDriver.Simulated) { Release = Old, Validator = n == 9 };
}
