using OpsConsole.Domain.Noodles.Features;
using OpsConsole.Engine.Noodles.Reading;

namespace OpsConsole.Tests.Noodles;

/// <summary>Syntax newer than the feature texts that can be restored here, by the rules of Gherkin: each text with its lines by kind, its nodes and the scenarios that come of it.</summary>
public sealed class GherkinSyntaxTests
{
    private static readonly FeatureReader Reader = new(Dialects.All);

    public static TheoryData<string, string, string, string, string[]> Files { get; } = new()
    {
        {
            "a rule's background comes after the feature's.feature",
            "Feature: f\n  Background:\n    Given a\n\n\n  Scenario: one\n    When b\n\n  Rule: r\n    Said of the rule.\n\n    Background:\n      Given c\n\n    Example: two\n      When d\n\n  Rule: bare\n    Example: three\n      Then e",
            "BackgroundLine 2, Empty 5, FeatureLine 1, Other 2, RuleLine 2, ScenarioLine 3, StepLine 5",
            "rules 2, backgrounds 2, scenarios 3, steps 5, stepKeywordTypes Action 2, Context 2, Outcome 1",
            ["one: C(a) A(b)", "r/two: C(a) C(c) A(d)", "bare/three: C(a) O(e)"]
        },
        {
            "rules without a name.feature",
            "Feature:\n Rule:\n Scenario:\n  Given a\n\n Rule:\n",
            "Empty 1, FeatureLine 1, RuleLine 2, ScenarioLine 1, StepLine 1",
            "rules 2, scenarios 1, steps 1, stepKeywordTypes Context 1",
            [": C(a)"]
        },
        {
            "tags of all that can have some.feature",
            "@f1 @f2\n  @f3 # said of it\n# more\nFeature: f\n @r #one\n Rule: r\n\n  @s#1@s2\n  Scenario: one\n   * a\n\n  @o\n  Scenario Outline: two <n>\n   * b\n\n   @e1\n\n   # between\n   @e2\n   Examples:\n    | n |\n    | 1 |\n\n   @e3\n   Examples: none\n",
            "Comment 2, Empty 5, ExamplesLine 2, FeatureLine 1, RuleLine 1, ScenarioLine 2, StepLine 2, TableRow 2, TagLine 8",
            "comments 2, tags 3, rules 1, scenarios 2, steps 2, examples 2, example_rows 1, stepKeywordTypes Unknown 2",
            ["@f1 @f2 @f3 @r @s#1 @s2 r/one: U(a)", "@f1 @f2 @f3 @r @o @e1 @e2 r/two 1: U(b)"]
        },
        {
            "conjunctions are of the kind of the step before.feature",
            "Feature: f\n Scenario: s\n  Given a\n  And b\n  But c\n  When d\n  And e\n  Then f\n  But g\n Scenario: bullets\n  * a\n  And b\n  When c\n  And d\n  * e\n",
            "FeatureLine 1, ScenarioLine 2, StepLine 12",
            "scenarios 2, steps 12, stepKeywordTypes Action 2, Conjunction 6, Context 1, Outcome 1, Unknown 2",
            ["s: C(a) C(b) C(c) A(d) A(e) O(f) O(g)", "bullets: U(a) U(b) A(c) A(d) U(e)"]
        },
        {
            "of two keywords the longer one.feature",
            "# language: ht\nKarakteristik: k\n  Senaryo: s\n    Le a\n    Le sa a b\n",
            "FeatureLine 1, Language 1, ScenarioLine 1, StepLine 2",
            "language ht, scenarios 1, steps 2, stepKeywordTypes Action 1, Outcome 1",
            ["s: A(a) O(b)"]
        },
        {
            "cells.feature",
            "Feature: f\n Scenario: s\n  Given a\n   |\u00A0 \tx\u00A0 \t|\\| y|\r\n\r\n   # between\n   ||a\\\\b|\n   | \\nl\\n | \\z | said of it\n",
            "Comment 1, Empty 1, FeatureLine 1, ScenarioLine 1, StepLine 1, TableRow 3",
            "comments 1, scenarios 1, steps 1, datatables 1, stepKeywordTypes Context 1",
            ["s: C(a)[x|| y][|a\\b][\nl\n|\\z]"]
        },
        {
            "what no bar closes is no cell.feature",
            "Feature: f\n Scenario: s\n  Given a\n   | a | b | c \\\n   | d | e | f\n",
            "FeatureLine 1, ScenarioLine 1, StepLine 1, TableRow 2",
            "scenarios 1, steps 1, datatables 1, stepKeywordTypes Context 1",
            ["s: C(a)[a|b][d|e]"]
        },
        {
            "texts below steps.feature",
            "Feature: f\r\n Scenario: s\r\n  Given a\r\n   \"\"\"json\r\n   {\r\n     ```\r\n\r\n  }\r\n   \\\"\\\"\\\"\r\n   \"\"\"\r\n  And b\r\n   ``` text/plain\r\n    \"\"\"\r\n   \\`\\`\\`\r\n   # no comment\r\n   ```",
            "DocStringSeparator 4, FeatureLine 1, Other 8, ScenarioLine 1, StepLine 2",
            "scenarios 1, steps 2, docstrings 2, stepKeywordTypes Conjunction 1, Context 1",
            ["s: C(a)<json>{\n  ```\n\n}\n\"\"\" C(b)<text/plain> \"\"\"\n```\n# no comment"]
        },
        {
            "a table and a text below one step.feature",
            "Feature: f\n Scenario: s\n  Given a\n   | x |\n   \"\"\"\n   y\n   \"\"\"\n  Given b\n   \"\"\"\n   y\n   \"\"\"\n   | x |\n",
            "DocStringSeparator 4, FeatureLine 1, Other 2, ScenarioLine 1, StepLine 2, TableRow 2",
            "scenarios 1, steps 2, datatables 2, docstrings 2, stepKeywordTypes Context 2",
            ["s: C(a)[x]<>y C(b)[x]<>y"]
        },
        {
            "descriptions with comments.feature",
            "Feature: f\n  # one\n\n  said\n  # two\n  of it\n\n Scenario: s\n  # three\n\n  Given a\n\n Scenario: t\n\n  # four\n  said\n\n  When b\n Scenario Outline: u\n  # five\n  said\n  Then <x>\n  Examples: e\n  # six\n\n  said\n  |x|\n  |1|\n",
            "Comment 6, Empty 2, ExamplesLine 1, FeatureLine 1, Other 10, ScenarioLine 3, StepLine 3, TableRow 2",
            "comments 6, scenarios 3, steps 3, examples 1, example_rows 1, stepKeywordTypes Action 1, Context 1, Outcome 1",
            ["s: C(a)", "t: A(b)", "u: O(1)"]
        },
        {
            "outlines.feature",
            "Feature: f\n Scenario: <what> in <place>\n  Given <what>\n   \"\"\"<type>\n   <what>\n   \"\"\"\n  Then <place>\n   | <what> |\n  Examples:\n   | what | place | type |\n   | $1$$ | \\\\n\\\\ | json |\n   | a\\b | \u00A0x\u00A0 |  |\n",
            "DocStringSeparator 2, ExamplesLine 1, FeatureLine 1, Other 1, ScenarioLine 1, StepLine 2, TableRow 4",
            "scenarios 1, steps 2, examples 1, example_rows 2, datatables 1, docstrings 1, stepKeywordTypes Context 1, Outcome 1",
            ["$1$$ in \\n\\: C($1$$)<json>$1$$ O(\\n\\)[$1$$]", "a\\b in x: C(a\\b)<>a\\b O(x)[a\\b]"]
        },
        {
            "white space around all.feature",
            "\t# said\t\n \t\n\tFeature: f \t\n  Example: s\t \n\u00A0  *  a  \t\n\t Rule:  r \n",
            "Comment 1, Empty 1, FeatureLine 1, RuleLine 1, ScenarioLine 1, StepLine 1",
            "comments 1, rules 1, scenarios 1, steps 1, stepKeywordTypes Unknown 1",
            ["s: U(a)"]
        },
        {
            "headings and lists.feature.md",
            "`@f`\n# Feature: f\n\nMore *prose*.\n\n`@s1``@s2` #3\n## Scenario: s\n* Given a\n  | x | y |\n  | - | - |\n  | 1 | 2 |\n + When b\n````\n```\n````\n\nSaid of it.\n- Then c\n",
            "DocStringSeparator 2, Empty 6, FeatureLine 1, Other 1, ScenarioLine 1, StepLine 3, TableRow 2, TagLine 2",
            "tags 1, scenarios 1, steps 3, datatables 1, docstrings 1, stepKeywordTypes Action 1, Context 1, Outcome 1",
            ["@f @s1 @s2 s: C(a)[x|y][1|2] A(b)<>``` O(c)"]
        },
        {
            "prose is the feature's name where no heading is.feature.md",
            "Prose\n=====\n\n# Scenario: s\n* Given a\n\n# Prose\n\n# Scenario: t\n - When b\n",
            "Empty 5, FeatureLine 1, ScenarioLine 2, StepLine 2",
            "scenarios 2, steps 2, stepKeywordTypes Action 1, Context 1",
            ["s: C(a)", "t: A(b)"]
        },
    };

    public static TheoryData<string, string[]> Odd { get; } = new()
    {
        { "Feature: f\n Scenario: s\n  Given a\n   | a | b |\n   | c | d\n", ["5:4 CellCount"] },
        { "Feature: f\n Scenario: s\n  Given a\n   | a | b |\n   | c | d \\\n", ["5:4 CellCount"] },
        { "Feature: f\n Scenario: s\n  Examples:\n   |a|\n   |b|c|\n   ||\n\n  @t\n  Examples:\n  |a|\n |b|c|\n", ["5:4 CellCount", "11:2 CellCount"] },
        { "Feature: f\n Scenario: s\n  Given a\n   \"\"\"\n   ```\n", ["6:0 UnexpectedEnd"] },
        { "Feature: f\n\n @t\n", ["4:0 UnexpectedEnd"] },
        { "Feature: f\n Scenario: s\n  * a\n  ```\n  ```\n  ```\n b\n", ["6:3 UnexpectedLine", "7:2 UnexpectedLine"] },
        { "Feature: f\n\n  @t  @white space # said\n  Scenario: s\n", ["3:7 TagWhitespace"] },
        { "Feature: f\n Rule: r\n  Rule: s\n   Background:\n   Background:\n", [] },
        { "Feature: f\n Scenario: s\n  * a\n Background:\n", ["4:2 UnexpectedLine"] },
        { "Feature: f\nFeature: g\n Scenario: s\n  * a\n Feature: h\n", ["5:2 UnexpectedLine"] },
        { "# language: none-such\nFeature: f\n", ["1:1 Language"] },
        { "Rule: r\n", ["1:1 UnexpectedLine"] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Has_these_lines_nodes_and_scenarios(string name, string text, string lines, string nodes, string[] pickles)
    {
        var (file, faults) = Reader.Read(name, text);
        Assert.True(file is not null, string.Join("; ", faults));
        Assert.Equal(lines, string.Join(", ", Reader.Count(name, text)!.Select(pair => $"{pair.Key} {pair.Value}")));
        Assert.Equal(nodes, string.Join(", ", FeatureFacts.NodesOf(file).Where(pair => pair.Value is not ("" or "0" or "true" or "en")).Select(pair => $"{pair.Name} {pair.Value}")));
        Assert.Equal(pickles, Pickler.Pickles(file).Pickles.Select(FeatureFacts.Tell));
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public void Has_these_faults(string text, string[] wanted)
    {
        var (file, faults) = Reader.Read("odd.feature", text);
        Assert.Equal(wanted, faults.Select(fault => $"{fault.Line}:{fault.Column} {fault.Kind}"));
        Assert.Equal(wanted.Length == 0, file is not null);
    }

    [Fact]
    public void A_long_file_is_read_to_its_end()
    {
        var text = "Feature: long\n" + string.Concat(Enumerable.Range(1, 500).Select(number => $"\n  Scenario: {number}\n    Given a\n      | {number} |\n      # said\n      |   |\n"));
        var (file, faults) = Reader.Read("long.feature", text);
        Assert.Empty(faults);
        Assert.Equal("Comment 500, Empty 500, FeatureLine 1, ScenarioLine 500, StepLine 500, TableRow 1000", string.Join(", ", Reader.Count("long.feature", text)!.Select(pair => $"{pair.Key} {pair.Value}")));
        Assert.Equal("500: C(a)[500][]", FeatureFacts.Tell(Pickler.Pickles(file!).Pickles[^1]));
    }
}
