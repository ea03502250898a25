using System.Text.Json;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Alarms.Rules;

/// <summary>CloudWatch's tables of what an alarm makes of missing data: every cell by one rule.</summary>
[Trait("Category", "Conformance")]
public sealed class MissingDataConformanceTests
{
    private static readonly JsonElement All = Fixture.Read("testing_cloudwatch_alarm_missing_data.json");

    public static TheoryData<string, string> Rows()
    {
        var rows = new TheoryData<string, string>();
        foreach (var table in All.GetProperty("tables").EnumerateArray())
        {
            foreach (var row in table.GetProperty("rows").EnumerateArray())
            {
                rows.Add(table.GetRawText(), row.GetRawText());
            }
        }

        return rows;
    }

    public static TheoryData<string> Examples() => [.. All.GetProperty("premature_examples").EnumerateArray().Select(row => row.GetRawText())];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_treatment_gives_the_state_of_its_column(string tableText, string rowText)
    {
        var (table, row) = (JsonDocument.Parse(tableText).RootElement, JsonDocument.Parse(rowText).RootElement);
        var (of, bad) = (table.GetProperty("evaluation_periods").GetInt32(), table.GetProperty("datapoints_to_alarm").GetInt32());
        var points = Points(row.GetProperty("points").GetString()!);
        Assert.Equal(table.GetProperty("evaluation_range").GetInt32(), MissingDataRule.Range(of));
        foreach (var treatment in Enum.GetValues<MissingTreatment>())
        {
            var column = JsonNamingPolicy.CamelCase.ConvertName(treatment.ToString());
            var verdict = MissingDataRule.Judge(points, of, bad, treatment);
            Assert.Equal($"{column}: {row.GetProperty(column).GetString()}", $"{column}: {verdict.State?.Word() ?? "KEEP"}");
            Assert.Equal(row.GetProperty("fill").GetInt32(), verdict.Filled);
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_young_breach_alone_does_not_alarm_too_early(string text)
    {
        var row = JsonDocument.Parse(text).RootElement;
        var treatment = Enum.Parse<MissingTreatment>(row.GetProperty("treat").GetString()!, ignoreCase: true);
        var state = MissingDataRule.Judge(Points(row.GetProperty("points").GetString()!), row.GetProperty("N").GetInt32(), row.GetProperty("M").GetInt32(), treatment).State?.Word() ?? "KEEP";
        if (row.TryGetProperty("expect", out var expected))
        {
            Assert.Equal(expected.GetString(), state);
        }

        if (row.TryGetProperty("expect_not", out var not))
        {
            Assert.NotEqual(not.GetString(), state);
        }
    }

    [Fact]
    public void States_and_the_default_treatment_are_those_of_the_source()
    {
        var facts = All.GetProperty("other_facts");
        Assert.Equal(facts.GetProperty("states").EnumerateArray().Select(state => state.GetString()), Enum.GetValues<AlarmState>().Select(state => state.Word()));
        Assert.Equal(facts.GetProperty("default_treatment").GetString(), JsonNamingPolicy.CamelCase.ConvertName(default(MissingTreatment).ToString()));
    }

    /// <summary>1,000 for p99 is the source's own example.</summary>
    [Theory]
    [InlineData("p99", 1000)]
    [InlineData("p99.9", 10000)]
    [InlineData("p50", 20)]
    [InlineData("p10", 100)]
    [InlineData("average", 1)]
    public void A_percentile_needs_so_many_samples(string statistic, long least) => Assert.Equal(least, Statistic.Parse(statistic)!.Value.LeastSamples);

    private static AlarmPoint[] Points(string text) => [.. text.Select(sign => sign switch { '0' => AlarmPoint.Good, 'X' => AlarmPoint.Breaching, '-' => AlarmPoint.Missing, _ => throw new FormatException($"'{sign}' is no point") })];
}
