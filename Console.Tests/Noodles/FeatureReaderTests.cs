using OpsConsole.Domain.Noodles.Features;
using OpsConsole.Engine.Noodles.Reading;

namespace OpsConsole.Tests.Noodles;

public sealed class FeatureReaderTests
{
    private static readonly FeatureReader Reader = new(Dialects.All);

    [Fact]
    public void A_step_may_have_a_text_and_a_table()
    {
        var pickle = Assert.Single(Pickles("Feature: f\n Scenario: s\n  Given x\n   | a |\n   ```\n   doc\n   ```\n  When y\n"));
        Assert.Equal("doc", pickle.Steps[0].DocString?.Content);
        Assert.Equal("a", pickle.Steps[0].Table?.Rows[0].Cells[0]);
        Assert.Equal([StepKind.Context, StepKind.Action], pickle.Steps.Select(step => step.Kind));
    }

    [Fact]
    public void The_same_scenario_has_the_same_id_and_is_found_by_its_lines()
    {
        var pickles = Pickles("Feature: f\n Background:\n  Given b\n Scenario Outline: s <n>\n  When <n>\n  Examples:\n   | n |\n   | 1 |\n   | 2 |\n");
        Assert.Equal(["t.feature:4:8", "t.feature:4:9"], pickles.Select(pickle => pickle.Id));
        Assert.Equal(["s 1", "s 2"], pickles.Select(pickle => pickle.Name));
        Assert.All(pickles, pickle => Assert.True(pickle.StandsAt(4) && pickle.StandsAt(5) && !pickle.StandsAt(3)));
        Assert.False(pickles[0].StandsAt(9));
    }

    [Fact]
    public void No_more_than_ten_faults_are_told()
    {
        var (file, faults) = Reader.Read("t.feature", "Feature: f\n Scenario: s\n  Given x\n" + string.Concat(Enumerable.Repeat("odd\n", 100)));
        Assert.Null(file);
        Assert.Equal(10, faults.Length);
    }

    [Theory]
    [InlineData("Feature: f\n\"\"\"")]
    [InlineData("@")]
    [InlineData("@a\n@b")]
    [InlineData("|")]
    [InlineData("Feature:\nScenario:\nGiven x\n|\\")]
    [InlineData("Feature:\nScenario:\nExamples:\n|a|\n|b|c|\n\"\"\"")]
    [InlineData("\uFEFFFeature: f")]
    [InlineData("# language: xx\nFeature: f")]
    public void Odd_files_are_read_or_refused_but_break_nothing(string text)
    {
        var (file, faults) = Reader.Read("t.feature", text);
        Assert.Equal(file is null, !faults.IsEmpty);
    }

    private static System.Collections.Immutable.ImmutableArray<Pickle> Pickles(string text)
    {
        var (file, faults) = Reader.Read("t.feature", text);
        Assert.Empty(faults);
        return Pickler.Pickles(file!).Pickles;
    }
}
