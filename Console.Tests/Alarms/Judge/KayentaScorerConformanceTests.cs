using System.Text.Json;
using OpsConsole.Domain.Alarms.Judge.Kayenta;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Alarms.Judge;

/// <summary>Kayenta's scores: from its own tests and worked out from its rules, traps included. What we do instead stands in <see cref="BakeJudgeTests"/>.</summary>
[Trait("Category", "Conformance")]
public sealed class KayentaScorerConformanceTests
{
    private static readonly JsonElement File = Fixture.Read("kayenta_scorer.json");

    public static TheoryData<string> Cases => [.. File.GetProperty("upstream_cases").EnumerateArray().Concat(File.GetProperty("derived_cases").EnumerateArray()).Select(row => row.GetRawText())];

    public static TheoryData<string> Rows(string section, string list) => File.GetProperty(section).TryGetProperty(list, out var rows) ? JudgeRows.All(rows) : [];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_set_of_labels_scores_as_there(string text)
    {
        var row = JudgeRows.Row(text);
        var expected = row.TryGetProperty("expected_by_upstream_rules", out var derived) ? derived : row.GetProperty("expected");
        var score = KayentaScorer.Score(row.GetProperty("results").EnumerateArray().Select(Result), row.GetProperty("group_weights").EnumerateObject().ToDictionary(weight => weight.Name, weight => weight.Value.GetDouble()));
        Assert.Equal(expected.GetProperty("summary_score").GetDouble(), score.Summary, 1e-9);
        if (expected.TryGetProperty("group_scores_sorted", out var sorted))
        {
            Assert.Equal(JudgeRows.Numbers(sorted), score.Groups.Values.Order());
        }

        foreach (var group in expected.TryGetProperty("group_scores", out var groups) ? groups.EnumerateObject().ToArray() : [])
        {
            Assert.Equal(group.Value.GetDouble(), score.Groups[group.Name], 1e-9);
        }

        if (expected.TryGetProperty("forced_zero_reason", out var reason) || (row.TryGetProperty("independent_recompute", out var recomputed) && recomputed.TryGetProperty("forced_zero_reason", out reason)))
        {
            Assert.Equal(reason.ValueKind == JsonValueKind.Null, score.Forced == ForcedZero.None);
            Assert.Equal(reason.ValueKind != JsonValueKind.Null && reason.GetString()!.Contains("nodata", StringComparison.OrdinalIgnoreCase), score.Forced == ForcedZero.TooLittleData);
        }
    }

    [Theory]
    [MemberData(nameof(Rows), "score_to_class_derived", "rows")]
    public void A_score_means_what_its_thresholds_say(string text)
    {
        var row = JudgeRows.Row(text);
        var outcome = KayentaThresholds.Classify(row.GetProperty("score").GetDouble(), row.GetProperty("pass_threshold").GetDouble(), row.GetProperty("marginal_threshold").GetDouble());
        Assert.Equal(JudgeRows.Word(row, "expected"), outcome.ToString());
    }

    [Theory]
    [MemberData(nameof(Rows), "multi_interval_verdict", "rows")]
    [MemberData(nameof(Rows), "multi_interval_verdict", "derived_edge_rows")]
    public void Over_several_intervals_the_last_score_decides(string text)
    {
        var row = JudgeRows.Row(text);
        Assert.Equal(row.GetProperty("expected").GetBoolean(), KayentaThresholds.Succeeds(row.GetProperty("final_score").GetDouble(), JudgeRows.OptionalNumber(row, "pass"), JudgeRows.OptionalNumber(row, "marginal")));
    }

    private static KayentaResult Result(JsonElement result) =>
        new(JudgeRows.Word(result, "name")!, Enum.Parse<KayentaLabel>(JudgeRows.Word(result, "classification")!), JudgeRows.Flag(result, "critical"), [.. result.GetProperty("groups").EnumerateArray().Select(group => group.GetString()!)])
        {
            Muted = JudgeRows.Flag(result, "muted"),
        };
}
