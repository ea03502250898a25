using System.Xml.Linq;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Engine.Noodles.Reports;
using OpsConsole.Engine.Noodles.Steps;
using OpsConsole.Engine.ProvingGround.Behaviours;
using OpsConsole.Tests.ProvingGround.Front;

namespace OpsConsole.Tests.Noodles;

public sealed class NoodleRunnerTests
{
    [Fact]
    public async Task Scenarios_side_by_side_share_nothing()
    {
        const int many = 40;
        var rows = string.Concat(Enumerable.Range(1, many).Select(number => $"   | {number} |\n"));
        using var bench = new NoodleBench(NoodleBench.Shelf(("a.feature", $"Feature: f\n Scenario Outline: s <n>\n  Given I keep <n>\n  When others do too\n  Then I have <n>\n  Examples:\n   | n |\n{rows}")), [new Steps()]);
        var result = await bench.Runner.RunAsync(new NoodleSelection(), NoodleBench.Nowhere, new NoodleRunOptions(16), CancellationToken.None);
        Assert.True(result.Passed, NoodleBench.Report(result));
        Assert.Equal(many, result.Scenarios.Length);
        Assert.Equal("s 1", result.Scenarios[0].Name);
    }

    [Fact]
    public async Task The_target_and_the_test_are_told_apart()
    {
        using var bench = new NoodleBench(NoodleBench.Shelf(("a.feature", "Feature: f\n Scenario: wrong\n  Then it is wrong\n Scenario: broken\n  Then it breaks\n Scenario: missing\n  Then nobody knows\n Scenario: slow\n  Then it takes forever\n")), [new Steps()]);
        var result = await bench.Runner.RunAsync(new NoodleSelection(), NoodleBench.Nowhere, new NoodleRunOptions { StepLimit = TimeSpan.FromMilliseconds(200) }, CancellationToken.None);
        Assert.Equal([NoodleBlame.Target, NoodleBlame.Test, NoodleBlame.Test, NoodleBlame.Target], result.Scenarios.Select(scenario => scenario.Blame));
        Assert.Equal(NoodleBlame.Target, result.Blame);
        Assert.False(result.Passed);
        var junit = JUnitWriter.Write(result);
        Assert.Equal(("4", "2", "2"), (Attribute(junit, "tests"), Attribute(junit, "failures"), Attribute(junit, "errors")));
    }

    [Fact]
    public async Task Known_differences_pass_by_failing_and_what_a_target_lacks_is_skipped()
    {
        using var bench = new NoodleBench(NoodleBench.Shelf(("a.feature", "Feature: f\n @odd\n Scenario: wrong\n  Then it is wrong\n @needs-wings\n Scenario: flies\n  Then it is wrong\n Scenario: right\n  When others do too\n")), [new Steps()]);
        var target = NoodleBench.Nowhere with { Lacks = ["wings"], KnownDifferences = NoodleBench.Nowhere.KnownDifferences.Add("@odd", "it is odd here") };
        var result = await bench.Runner.RunAsync(new NoodleSelection(), target, new NoodleRunOptions(), CancellationToken.None);
        Assert.True(result.Passed, NoodleBench.Report(result));
        Assert.Equal([StepStatus.Failed, StepStatus.Skipped, StepStatus.Passed], result.Scenarios.Select(scenario => scenario.Status));
        var mended = await bench.Runner.RunAsync(new NoodleSelection(), target with { KnownDifferences = target.KnownDifferences.Add("f: right", "it was wrong once") }, new NoodleRunOptions(), CancellationToken.None);
        Assert.Equal("right", Assert.Single(mended.Scenarios, scenario => !scenario.Good).Name);
    }

    [Fact]
    public async Task Nothing_selected_is_not_passed()
    {
        using var bench = new NoodleBench(NoodleBench.Shelf(("a.feature", "Feature: f\n Scenario: s\n  When others do too\n")), [new Steps()]);
        Assert.False((await bench.Runner.RunAsync(new NoodleSelection("@none"), NoodleBench.Nowhere, new NoodleRunOptions(), CancellationToken.None)).Passed);
        Assert.NotNull((await bench.Runner.RunAsync(new NoodleSelection("@a or"), NoodleBench.Nowhere, new NoodleRunOptions(), CancellationToken.None)).Fault);
        Assert.Single((await bench.Runner.RunAsync(new NoodleSelection(Features: ["a.feature:2"]), NoodleBench.Nowhere, new NoodleRunOptions(), CancellationToken.None)).Scenarios);
    }

    [Theory]
    [InlineData("wrong status", "a range of just this version")]
    [InlineData("forgets conditions", "a read of what the reader has already")]
    [InlineData("ignores checksums", "a wrong CRC32C is refused and nothing is stored")]
    public async Task A_store_with_a_planted_fault_is_caught_and_blamed(string fault, string by)
    {
        await using var host = await FrontHost.StartAsync(fault switch { "wrong status" => new WrongStatus(), "forgets conditions" => new ForgetsConditions(), _ => new IgnoresChecksum() });
        using var bench = NoodleBench.Shipped();
        var target = new NoodleTarget("front", host.Address, FrontHost.Region, [.. host.Accounts.Noodles.Select(key => new NoodleAccount(key.Name, key.Id, key.Secret))]);
        var result = await bench.Runner.RunAsync(new NoodleSelection("not @large"), target, new NoodleRunOptions(), CancellationToken.None);
        var culprit = Assert.Single(result.Scenarios, scenario => scenario.Name == by);
        Assert.Equal((StepStatus.Failed, NoodleBlame.Target), (culprit.Status, culprit.Blame));
        Assert.InRange(result.Scenarios.Count(scenario => !scenario.Good), 1, 8);
        Assert.NotEmpty(culprit.Steps.SelectMany(step => step.Exchanges));
        Assert.DoesNotContain(host.Accounts.Noodles, key => System.Text.Json.JsonSerializer.Serialize(result).Contains(key.Secret, StringComparison.Ordinal));
    }

    private static string Attribute(XDocument junit, string name) => junit.Root!.Attribute(name)!.Value;

    private sealed class Steps : IStepLibrary
    {
        public string Owner => "tests";

        public void Define(StepBook book)
        {
            book.Step("I keep {int}", "", call => call.World.Keep("mine", $"{call.Number(0)}"));
            book.Step("others do too", "", async call => await Task.Yield());
            book.Step("I have {int}", "", call => Check.Same($"{call.Number(0)}", call.World.Kept("mine"), "What I kept"));
            book.Step("it is wrong", "", _ => throw new WrongAnswerException("wrong"));
            book.Step("it breaks", "", _ => throw new InvalidOperationException("broken"));
            book.Step("it takes forever", "", call => Task.Delay(Timeout.InfiniteTimeSpan, call.World.Clock, call.Cancel));
        }
    }
}
