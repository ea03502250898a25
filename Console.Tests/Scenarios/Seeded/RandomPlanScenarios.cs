using System.Diagnostics;
using System.Globalization;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rollouts;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Scenarios.Seeded;

/// <summary>Random plans over random fleets with random misfortunes: whatever happens, no law is broken and everything comes to an end.</summary>
[Trait("Category", "Scenario")]
public sealed class RandomPlanScenarios(ITestOutputHelper output)
{
    /// <summary>How many plans; the variable makes it more for a long run.</summary>
    private const int Plans = 400;
    private const string HowMany = "OPSCONSOLE_PLANS";
    private const string From = "OPSCONSOLE_SEED";

    private const int LongestLine = 240;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    [Fact]
    public async Task No_law_is_broken_and_every_rollout_ends()
    {
        var (plans, first) = (Setting(HowMany, Plans), Setting(From, 1));
        var began = Stopwatch.GetTimestamp();
        var (rollouts, commands, misfortunes, kills) = (0, 0, 0, 0);
        var ends = new SortedDictionary<RolloutStatus, int>();
        for (var seed = first; seed < first + plans; seed++)
        {
            var (scenario, faults) = await RunAsync(seed);
            var all = scenario.States.All<Rollout>(RolloutStreams.Family).Select(one => one.State).ToArray();
            (rollouts, commands, misfortunes, kills) = (rollouts + all.Length, commands + scenario.Hosts.Received.Count, misfortunes + faults, kills + scenario.Kills);
            ends[scenario.Rollout().Status] = ends.GetValueOrDefault(scenario.Rollout().Status) + 1;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{plans:N0} plans from seed {first}: {rollouts:N0} rollouts, {commands:N0} host commands, {misfortunes:N0} faults and acts of people, {kills:N0} kills of the engine, {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s"));
        output.WriteLine(string.Join(", ", ends.Select(end => $"{end.Key} {end.Value}")));
        Assert.True(plans < 100 || ends.Count > 2, "all plans end alike: the misfortunes befall nobody");
    }

    private static int Setting(string variable, int otherwise) => int.Parse(Environment.GetEnvironmentVariable(variable) ?? $"{otherwise}", CultureInfo.InvariantCulture);

    private async Task<(Scenario Scenario, int Faults)> RunAsync(int seed)
    {
        var random = new Random(seed);
        var scenario = new Scenario { Step = Step };
        var plan = new RandomPlan(random);
        foreach (var (region, hosts) in plan.Fleet())
        {
            foreach (var host in hosts)
            {
                scenario.Hosts.Runs(host.Id, SmallFleet.Old);
            }

            await scenario.MustAsync(new PlaceHosts(region, "commercial", hosts, []));
        }

        await scenario.MustAsync(new RegisterRelease(SmallFleet.Release(SmallFleet.Old)));
        await scenario.MustAsync(new RegisterRelease(SmallFleet.Release(SmallFleet.New)));
        await scenario.MustAsync(new AdoptRelease("web", SmallFleet.Old));
        await scenario.MustAsync(new SavePipeline(plan.Pipeline(), $"seed {seed}"));
        var misfortunes = new Misfortunes(seed, random, scenario.Clock.GetUtcNow());
        misfortunes.Befall(scenario);
        await scenario.MustAsync(new StartRollout("r1", "web", SmallFleet.New, "web"));

        try
        {
            for (var end = scenario.Clock.GetUtcNow() + Longest; !IsOver(scenario);)
            {
                Assert.True(scenario.Clock.GetUtcNow() < end, $"seed {seed} has not ended: {scenario.Describe()}");
                await misfortunes.ActAsync(scenario);
                await scenario.ForAsync(Step);
            }

            Assert.True(scenario.Laws.Breaches.Count == 0 && scenario.Hosts.Breaches.Count == 0, $"seed {seed}: {string.Join("; ", scenario.Laws.Breaches.Concat(scenario.Hosts.Breaches).Take(5))}");
            EndIsTrue(scenario, seed);
        }
        catch
        {
            foreach (var recorded in scenario.Events.Where(recorded => recorded.Event is not (StepsDone or WindowJudged)))
            {
                var text = $"{recorded.At:mm:ss} {recorded.Stream} {recorded.Event}";
                output.WriteLine(text.Length > LongestLine ? text[..LongestLine] : text);
            }

            throw;
        }

        return (scenario, misfortunes.Count);
    }

    private static bool IsOver(Scenario scenario) =>
        scenario.States.All<Rollout>(RolloutStreams.Family).All(one => one.State.Ended) && scenario.States.All<RegionFleet>(FleetStreams.Family).All(fleet => fleet.State.Active.IsEmpty);

    /// <summary>What a rollout says it did is what the hosts themselves run; who did not come back is named.</summary>
    private static void EndIsTrue(Scenario scenario, int seed)
    {
        var rollout = scenario.Rollout();
        var named = scenario.States.All<RegionRun>(RunStreams.Family).SelectMany(run => run.State.Casualties).Select(casualty => casualty.Host).ToHashSet();
        var release = rollout.Status switch { RolloutStatus.Completed => SmallFleet.New, RolloutStatus.RolledBack => SmallFleet.Old, _ => null };
        if (release is not null)
        {
            var planned = rollout.Plan!.Regions.SelectMany(region => region.Batches).SelectMany(batch => batch.Hosts).Where(host => !named.Contains(host));
            Assert.All(planned, host => Assert.True(scenario.Hosts.Running(host) == release, $"seed {seed}: {rollout.Status}, and {host} runs {scenario.Hosts.Running(host)}"));
        }
    }
}
