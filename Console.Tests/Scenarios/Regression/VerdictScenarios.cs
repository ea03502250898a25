using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Tests.Scenarios.Regression;

/// <summary>No data is not good data, whatever form it comes in.</summary>
[Trait("Category", "Scenario")]
public sealed class VerdictScenarios
{
    public enum Lack
    {
        NothingAtAll,
        NotANumber,
        TooFew,
        ErrorsAndFailures,
        NoTrafficLater,
    }

    [Theory]
    [Regression("ver-01")]
    [Regression("ver-04")]
    [Regression("ver-05")]
    [Regression("ver-06")]
    [Regression("ver-07")]
    [Regression("ver-10")]
    [InlineData(Lack.NothingAtAll)]
    [InlineData(Lack.NotANumber)]
    [InlineData(Lack.TooFew)]
    [InlineData(Lack.ErrorsAndFailures)]
    [InlineData(Lack.NoTrafficLater)]
    public async Task What_cannot_be_judged_neither_passes_nor_fails_and_a_person_is_asked(Lack lack)
    {
        var turn = 0;
        var scenario = await SmallFleet.StartedAsync(it =>
        {
            it.Health.Seen = (release, query, reading) => release != SmallFleet.New ? reading : lack switch
            {
                Lack.NotANumber => reading with { Value = double.NaN },
                Lack.TooFew => reading with { Samples = 3 },
                Lack.ErrorsAndFailures => turn++ % 2 == 0 ? reading with { Failure = "timed out" } : reading with { Samples = 0 },
                Lack.NoTrafficLater when query.Candidates.Any(host => host.StartsWith("us-a1", StringComparison.Ordinal)) => reading with { Samples = 0, Value = null },
                _ => reading,
            };
            it.Health.Answers = (release, readings) => lack == Lack.NothingAtAll && release == SmallFleet.New ? [] : readings;
        });

        await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.NeedsOperator, TimeSpan.FromMinutes(10));

        Assert.Equal(0, scenario.Rollout().Rollbacks);
        Assert.Null(scenario.States.Get<ReleaseCatalog>(ReleaseStreams.Of("web")).Releases[SmallFleet.New].ProvenBy);
        if (lack == Lack.NoTrafficLater)
        {
            Assert.DoesNotContain(scenario.Hosts.Received, command => command.Host.Az == "usb");
        }
        else
        {
            Assert.All(scenario.Hosts.Received, command => Assert.True(command.Host.Validator, command.Id));
        }

        var asked = scenario.Clock.GetUtcNow();
        await scenario.ForAsync(TimeSpan.FromMinutes(5));
        Assert.Equal((RolloutStatus.NeedsOperator, true), (scenario.Rollout().Status, scenario.Rollout().Since <= asked));
        scenario.LawsHold();
    }

    [Fact]
    [Regression("ver-09")]
    public async Task What_is_red_before_the_first_host_keeps_the_stage_from_beginning()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Health.Seen = (_, query, reading) => query.Region == "eu" && query.Candidates.All(host => !host.EndsWith('9')) && reading.Metric == Metrics.Availability ? reading with { Value = 0.5 } : reading);

        await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.NeedsOperator, TimeSpan.FromMinutes(10));

        Assert.All(scenario.Hosts.Received, command => Assert.True(command.Host.Validator, command.Id));
        Assert.Contains("availability", scenario.Rollout().Why, StringComparison.Ordinal);
        scenario.LawsHold();
    }
}
