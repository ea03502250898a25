using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Fleet.Agent;
using OpsConsole.Engine.ProvingGround;
using OpsConsole.Engine.ProvingGround.Releases;
using OpsConsole.Engine.ProvingGround.Supervision;
using OpsConsole.Engine.Rollouts;
using Xunit.Abstractions;

namespace OpsConsole.Tests.ProvingGround;

/// <summary>
/// Releases put on one host through the agent: what does not come up fails its visit, and a good one shows nothing. What only shows in what is observed goes through whole rollouts
/// (<see cref="RolloutCatchesTests"/>). This test knows which are bad; the console does not.
/// </summary>
[Collection(GroundCollection.Name)]
[Trait("Category", "Integration")]
public sealed class PlantedFaultTests(GroundFixture ground, ITestOutputHelper output)
{
    private const string Candidate = "local-1a-validator";
    private static long _token = TimeProvider.System.GetTimestamp();

    [Theory]
    [InlineData("2026.11.2", "ended with exit code")]
    [InlineData("2026.12.5", "cannot reach what it needs")]
    public async Task A_release_that_does_not_come_up_fails_its_visit(string version, string words)
    {
        var failed = await VisitAsync(version);
        Assert.NotNull(failed);
        output.WriteLine(failed.Detail);
        Assert.Contains(words, failed.Detail, StringComparison.Ordinal);
        Assert.Null(await VisitAsync(ReleaseShelf.BaselineVersion));
    }

    [Theory]
    [InlineData("2026.11.1")]
    [InlineData("2026.12.1")]
    public async Task A_good_release_shows_nothing(string version)
    {
        Assert.Null(await VisitAsync(version));
        var readings = await WatchAsync(reading => reading.Metric == Metrics.MemoryGrowth && reading.Samples > 150);
        Assert.Null(await VisitAsync(ReleaseShelf.BaselineVersion));
        Assert.Equal(1, readings.Single(reading => reading.Metric == Metrics.ProbeSuccess).Value);
        Assert.Equal(1, readings.Single(reading => reading.Metric == Metrics.Availability).Value);
        Assert.Null(readings.Single(reading => reading.Metric == Metrics.ErrorRate).Value);
        Assert.InRange(readings.Single(reading => reading.Metric == Metrics.MemoryGrowth).Value ?? 0, 0, 60);
    }

    /// <summary>All steps of a visit, down the agent that real visits go down; the first failed answer, or null.</summary>
    private async Task<StepReport?> VisitAsync(string version)
    {
        var services = ground.Services;
        var hooks = new GroundHooks(Candidate, ground.Supervisor, ground.Client, services.GetRequiredService<GroundFolder>(), TimeProvider.System);
        using var agent = new HostAgent(Candidate, hooks, new FleetingAgentMemory(), TimeProvider.System);
        var token = Interlocked.Increment(ref _token);
        foreach (var step in (HostStep[])[HostStep.Drain, HostStep.Install, HostStep.Start, HostStep.Verify, HostStep.Restore])
        {
            var order = new AgentOrder($"{token}/{step}", Candidate, step, VisitPurpose.Forward, version, ReleaseShelf.Find(version)!.Digest, token, TimeProvider.System.GetUtcNow().AddMinutes(2));
            var answer = await agent.HandleAsync(order, default);
            if (answer is not { Succeeded: true })
            {
                return answer;
            }
        }

        return null;
    }

    private async Task<ImmutableArray<Reading>> WatchAsync(Func<Reading, bool> enough)
    {
        var health = ground.Services.GetRequiredService<IHealthSource>();
        var from = TimeProvider.System.GetUtcNow();
        var baseline = ground.Plan.Of(GroundRole.Web).Where(host => !host.Validator).Select(host => host.Id).ToImmutableArray();
        ImmutableArray<Reading> readings = [];
        await ground.WatchAsync(async () =>
        {
            readings = await health.ReadAsync(new HealthQuery(ground.Plan.Region, "web", [Candidate], baseline, from, TimeProvider.System.GetUtcNow()) { ChangedAt = ImmutableDictionary<string, DateTimeOffset>.Empty.Add(Candidate, from) }, default);
            return readings.Any(enough);
        });
        foreach (var reading in readings)
        {
            output.WriteLine($"{reading.Metric}: {reading.Value:F3} of {reading.Samples} (baseline {reading.Baseline:F3} of {reading.BaselineSamples}) {reading.Detail} {reading.Failure}");
        }

        return readings;
    }
}
