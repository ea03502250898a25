using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Alarms.Judge;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Queue;
using OpsConsole.Engine.Rollouts;

namespace OpsConsole.Tests.Rollouts;

public sealed class PipelineReaderTests
{
    private const string Good = """
        name: web
        service: web
        gates:
          - { name: errors, metric: error-rate, maxIncrease: 0.01, windows: 2 of 3 }
        stages:
          - name: all
            regions: rest
            batch: 10%
        """;

    [Fact]
    public void Reads_a_good_file()
    {
        var read = PipelineReader.Read(Good);

        Assert.Empty(read.Errors);
        Assert.Equal((2, 3, 0.01), (read.Content!.Gates[0].Bad, read.Content.Gates[0].Of, read.Content.Gates[0].MaxIncrease));
        Assert.Equal(10, read.Content.Stages[0].Batch.Of(100));
    }

    [Fact]
    public void Reads_health_policy_velocity_supersede_and_hotfix()
    {
        var read = PipelineReader.Read("""
            name: web
            service: web
            supersede: replace-waiting
            hotfix: { bakes: 50% }
            velocity: { hosts: 500, casualties: 4 }
            gates:
              - { name: hosts, hosts: { az: 34%, regionIncrease: 5%, fleet: 2% } }
              - { name: errors, metric: error-rate, max: 0.1, timer: { wait: 10s, stable: 20s, retry: 60s, budget: 2m } }
              - { name: index, service: index, metric: availability, min: 0.9 }
            stages:
              - name: all
            """);

        Assert.Empty(read.Errors);
        var pipeline = read.Content!;
        Assert.Equal((SupersedePolicy.ReplaceWaiting, 50, new Velocity(500, 4)), (pipeline.Supersede, pipeline.Hotfix?.Bakes, pipeline.Velocity));
        Assert.Equal(new HostRule { Az = 34, RegionIncrease = 5, Fleet = 2 }, pipeline.Gates[0].Hosts);
        Assert.Equal(new HealthTimer { Wait = TimeSpan.FromSeconds(10), Stable = TimeSpan.FromSeconds(20), Retry = TimeSpan.FromSeconds(60), Budget = TimeSpan.FromMinutes(2) }, pipeline.Gates[1].Timer);
        Assert.Equal(("index", "index/availability"), (pipeline.Gates[2].Service, pipeline.Gates[2].Reads));
    }

    [Fact]
    public void Wrong_health_policy_velocity_supersede_and_hotfix_have_their_lines()
    {
        var read = PipelineReader.Read("""
            name: web
            service: web
            supersede: sometimes
            hotfix: { bakes: 5% }
            velocity: { hosts: 0 }
            limits: { az: 1m, stage: 2m }
            gates:
              - { name: hosts, hosts: { az: 340% } }
              - { name: both, hosts: { az: 34% }, max: 1 }
              - { name: errors, metric: error-rate, max: 0.1, timer: { wait: 10s, retry: 60s } }
              - { name: self, service: web, metric: availability, min: 0.9 }
            stages:
              - name: all
            """);

        Assert.Equal(
            [(3, "supersede"), (4, "hotfix.bakes"), (5, "velocity.hosts"), (8, "gates[0].hosts.az"), (9, "gates[1]"), (10, "gates[2].timer"), (11, "gates[3].service")],
            read.Errors.Select(error => ((int)error.Line, error.Path)).OrderBy(error => error.Item1).ThenBy(error => error.Path, StringComparer.Ordinal));
    }

    [Fact]
    public void The_shipped_pipelines_can_be_read()
    {
        Assert.All(ShippedPipelines.Names, name => Assert.Empty(PipelineReader.Read(ShippedPipelines.Text(name)).Errors));
    }

    [Fact]
    public void Reports_all_errors_at_once_with_their_lines()
    {
        var read = PipelineReader.Read("""
            name: web
            servce: web
            capacityFloor: lots
            gates:
              - { name: errors, metric: error-rate }
              - { name: errors, metric: error-rate, max: 0.1, windows: 4 of 3 }
            stages:
              - name: one
                hosts: databases
                batch: 0
                parallel: 1000
              - name: one
                gates: [nothing]
                bake: { batch: { for: soon } }
            """);

        Assert.Null(read.Content);
        Assert.Equal(
            [(1, "service"), (2, "servce"), (3, "capacityFloor"), (5, "gates[0]"), (6, "gates[1].name"), (6, "gates[1].windows"), (9, "stages[0].hosts"), (10, "stages[0].batch"), (11, "stages[0].parallel"), (12, "stages[1].name"), (13, "stages[1].gates"), (14, "stages[1].bake.batch.for")],
            read.Errors.Select(error => ((int)error.Line, error.Path)).OrderBy(error => error.Item1).ThenBy(error => error.Path, StringComparer.Ordinal));
    }

    [Fact]
    public void Reads_a_canary_gate_and_reports_all_that_is_wrong_with_one()
    {
        var read = PipelineReader.Read(Good.Replace("- { name: errors, metric: error-rate, maxIncrease: 0.01, windows: 2 of 3 }", """
            - name: errors
                metric: error-rate
                canary: { direction: increase, floor: 20%, alpha: 0.001, least: 0.002, within: 150%, points: 12, gaps: zero, outliers: drop, judge: kayenta }
            """, StringComparison.Ordinal));

        Assert.Empty(read.Errors);
        var gate = read.Content!.Gates[0];
        Assert.True(gate.OverBake);
        Assert.Equal(new CanaryRule { Harm = Harm.Increase, Floor = 0.2, Alpha = 0.001, Least = 0.002, Within = 1.5, MinSamples = 12, Points = MissingPoints.Zero, DropOutliers = true, Mode = JudgeMode.Kayenta }, gate.Canary);

        var wrong = PipelineReader.Read("""
            name: web
            service: web
            gates:
              - name: a
                metric: error-rate
                max: 1
                canary:
                  alpha: 0.5
                  floor: some
                  least: -1
                  within: 1%
                  points: 3
                  gaps: guess
                  pints: 3
            rollback:
              gates:
                - { name: b, metric: error-rate, canary: {} }
            stages:
              - name: all
                regions: rest
            """);
        Assert.Equal(
            [(4, "gates[0]"), (8, "gates[0].canary.alpha"), (9, "gates[0].canary.floor"), (10, "gates[0].canary.least"), (11, "gates[0].canary.within"), (12, "gates[0].canary.points"), (13, "gates[0].canary.gaps"), (14, "gates[0].canary.pints"), (17, "rollback.gates[0].canary")],
            wrong.Errors.Select(error => ((int)error.Line, error.Path)));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("- a\n- b", "keys and values")]
    [InlineData("name: [", "not YAML")]
    [InlineData("a: &x 1\nb: *x", "aliases")]
    [InlineData("name: a\nname: b", "not YAML")]
    [InlineData("a: 1\n---\nb: 2", "more than one")]
    public void Says_what_is_wrong_with_a_file_that_is_no_pipeline_at_all(string text, string says)
    {
        Assert.Contains(says, Assert.Single(PipelineReader.Read(text).Errors).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_files_that_are_too_large_or_too_deep()
    {
        Assert.Contains("bytes", Assert.Single(PipelineReader.Read(new string('x', PipelineReader.MostBytes + 1)).Errors).What, StringComparison.Ordinal);
        Assert.Contains("nested", Assert.Single(PipelineReader.Read(new string('[', 10_000)).Errors).What, StringComparison.Ordinal);
    }
}
