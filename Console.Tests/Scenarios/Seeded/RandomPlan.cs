using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Tests.Scenarios.Seeded;

/// <summary>A fleet and a pipeline as a seed has them: one to three regions of one to three AZs, stages, waves, batches, bakes and budgets of every shape that is allowed.</summary>
internal sealed class RandomPlan(Random random)
{
    private static readonly string[] Names = ["eu", "us", "ap"];

    private readonly int _regions = random.Next(1, 4);

    public ImmutableArray<(string Region, ImmutableArray<Host> Hosts)> Fleet()
    {
        var (azs, most, validators) = (random.Next(1, 4), random.Next(1, 5), random.Next(3) > 0);
        return [.. Names.Take(_regions).Select(region => (region, HostsOf(region, azs, most, validators)))];
    }

    public Pipeline Pipeline()
    {
        var stages = ImmutableArray.CreateBuilder<PipelineStage>();
        if (random.Next(3) > 0)
        {
            stages.Add(new("validators", StageHosts.Validators) { RegionBake = Bake(Metrics.ProbeSuccess), Parallel = random.Next(1, 4) });
        }

        if (_regions > 1 && random.Next(2) == 0)
        {
            stages.Add(Shaped(new("first", StageHosts.Regions) { Regions = [Names[random.Next(_regions)]] }));
        }

        stages.Add(Shaped(new("rest", StageHosts.Regions)));
        return SmallFleet.Pipeline() with
        {
            Stages = stages.ToImmutable(),
            CapacityFloor = random.Next(0, 100),
            Window = TimeSpan.FromSeconds(random.Next(1, 4)),
            Unhealthy = TimeSpan.FromSeconds(random.Next(5, 30)),
            Casualties = new(random.Next(0, 3), random.Next(0, 4)),
            Velocity = random.Next(4) == 0 ? new(Hosts: random.Next(10, 40), Casualties: random.Next(1, 5)) : null,
        };
    }

    private PipelineStage Shaped(PipelineStage stage)
    {
        stage = stage with
        {
            OneBox = random.Next(2) == 0 ? Bake(Metrics.ErrorRate) : null,
            Batch = random.Next(2) == 0 ? new(random.Next(1, 4), Percent: false) : new(random.Next(1, 101), Percent: true),
            BatchBake = random.Next(2) == 0 ? Bake(Metrics.ErrorRate) : Domain.Rollouts.Bake.None,
            AzBake = random.Next(2) == 0 ? Bake(Metrics.ErrorRate) : Domain.Rollouts.Bake.None,
            RegionBake = random.Next(2) == 0 ? Bake(Metrics.ErrorRate) : Domain.Rollouts.Bake.None,
        };
        return random.Next(3) switch
        {
            0 => stage with { Waves = [random.Next(1, 60)], Parallel = random.Next(1, 4) },
            1 => stage with { Parallel = 1, Growth = random.Next(1, 4) },
            _ => stage with { Parallel = random.Next(1, 4) },
        };
    }

    private Bake Bake(string metric) => new(TimeSpan.FromSeconds(random.Next(1, 8)), random.Next(0, 60), TimeSpan.FromSeconds(random.Next(5, 30))) { Of = metric };

    private ImmutableArray<Host> HostsOf(string region, int azs, int most, bool validators) =>
    [
        .. from az in Enumerable.Range(0, azs)
           from n in Enumerable.Range(0, random.Next(1, most + 1) + (validators && az == 0 ? 1 : 0))
           let letter = "abc"[az]
           select new Host($"{region}-{letter}{n}", "commercial", region, $"{region}{letter}", $"r{n}", HostRole.Web, "web", "m1", n, HostDriver.Simulated) { Release = SmallFleet.Old, Validator = validators && az == 0 && n == 0 },
    ];
}
