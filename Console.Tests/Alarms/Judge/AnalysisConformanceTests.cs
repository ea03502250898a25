using System.Globalization;
using System.Text.Json;
using OpsConsole.Domain.Alarms.Judge.Analysis;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Alarms.Judge;

/// <summary>How Argo Rollouts counts measurements into a verdict; our stricter rules stand in <see cref="MetricAnalysisTests"/>.</summary>
[Trait("Category", "Conformance")]
public sealed class AnalysisConformanceTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly JsonElement File = Fixture.Read("argo_analysis.json");

    public static TheoryData<string> Rows(string list) => JudgeRows.All(File.GetProperty(list));

    [Theory]
    [MemberData(nameof(Rows), "assess_metric")]
    public void Measurements_make_the_phase_listed(string text)
    {
        var row = JudgeRows.Row(text);
        var phase = MetricAnalysis.Assess(Rule(row.GetProperty("metric")), Counts(row.GetProperty("counters")), JudgeRows.Flag(row, "terminating"));
        Assert.Equal(JudgeRows.Word(row, "expected"), phase.ToString());
    }

    [Theory]
    [MemberData(nameof(Rows), "evaluate_conditions")]
    public void Conditions_make_the_phase_listed(string text)
    {
        var row = JudgeRows.Row(text);
        var judged = Measurement.Judge(true, JudgeRows.Word(row, "success_condition"), JudgeRows.Word(row, "failure_condition"), strict: false);
        Assert.Equal(JudgeRows.Word(row, "expected"), judged.Phase.ToString());
    }

    [Theory]
    [MemberData(nameof(Rows), "provider_values")]
    public void A_value_makes_the_phase_listed(string text)
    {
        var row = JudgeRows.Row(text);
        var expected = JudgeRows.Word(row, "expected")!.Split(", ", 2);
        var (phase, why) = Measurement.Judge(Measured(row.GetProperty("value"), special: true), JudgeRows.Word(row, "success"), JudgeRows.Word(row, "failure"), strict: false);
        Assert.Equal(expected[0], phase.ToString());
        if (expected.Length > 1)
        {
            Assert.Contains(expected[1].Split("the provider ")[^1], why, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Rows), "type_conversion")]
    public void An_expression_converts_or_says_that_it_cannot(string text)
    {
        var row = JudgeRows.Row(text);
        var (value, error) = Condition.Evaluate(JudgeRows.Word(row, "expression")!, Measured(row.GetProperty("input"), special: false));
        if (row.GetProperty("expected").ValueKind == JsonValueKind.String)
        {
            Assert.NotNull(error);
        }
        else
        {
            Assert.Null(error);
            Assert.Equal(JudgeRows.Flag(row, "expected"), value);
        }
    }

    [Theory]
    [MemberData(nameof(Rows), "is_worse")]
    public void The_worse_phase_is_known(string text)
    {
        var row = JudgeRows.Row(text);
        Assert.Equal(JudgeRows.Flag(row, "expected"), AnalysisPhases.IsWorse(Phase(JudgeRows.Word(row, "current")!), Phase(JudgeRows.Word(row, "new")!)));
    }

    [Fact]
    public void Phases_go_from_the_best_to_the_worst() =>
        Assert.Equal(File.GetProperty("severity_order_best_to_worst").EnumerateArray().Select(phase => phase.GetString()), Enum.GetValues<AnalysisPhase>().Order().Select(phase => phase.ToString()));

    [Theory]
    [MemberData(nameof(Rows), "terminates_siblings")]
    public void One_metrics_end_ends_the_others_where_listed(string text)
    {
        var row = JudgeRows.Row(text);
        var metrics = row.GetProperty("metric_phases").EnumerateArray().Select(metric => (Phase(metric[0].GetString()!), metric[1].GetBoolean()));
        Assert.Equal(JudgeRows.Flag(row, "expected"), AnalysisPhases.EndsOthers(metrics, JudgeRows.Flag(row, "explicit_terminate")));
    }

    [Theory]
    [MemberData(nameof(Rows), "measurement_schedule")]
    public void A_measurement_is_due_when_listed(string text)
    {
        var row = JudgeRows.Row(text);
        var rule = new AnalysisRule { Interval = Seconds(row, "interval_s") };
        var finished = Seconds(row, "last_finished_s_ago") is { } ago ? Noon - ago : (DateTimeOffset?)null;
        Assert.Equal(JudgeRows.Flag(row, "expected_take_now"), rule.Due(finished, taken: 1, Noon));
    }

    [Fact]
    public void The_defaults_are_those_listed()
    {
        Assert.Equal(File.GetProperty("default_consecutive_error_limit").GetInt32(), new AnalysisRule().ErrorLimit);
        Assert.Equal(File.GetProperty("default_error_retry_interval_s").GetDouble(), AnalysisRule.DefaultRetry.TotalSeconds);
    }

    private static AnalysisRule Rule(JsonElement metric) => new()
    {
        FailureLimit = Int(metric, "failure_limit") ?? 0,
        InconclusiveLimit = Int(metric, "inconclusive_limit") ?? 0,
        ErrorLimit = Int(metric, "consecutive_error_limit") ?? AnalysisRule.DefaultErrorLimit,
        SuccessLimit = Int(metric, "consecutive_success_limit") ?? 0,
        Count = Int(metric, "count"),
        Interval = JudgeRows.Word(metric, "interval") is { } interval ? TimeSpan.FromSeconds(double.Parse(interval.TrimEnd('s'), CultureInfo.InvariantCulture)) : null,
        Strict = false,
    };

    private static AnalysisCounts Counts(JsonElement counters) => new(Int(counters, "measurements") == 0 ? null : JudgeRows.Word(counters, "last_measurement") switch
    {
        null => AnalysisPhase.Successful,
        "in-flight" => AnalysisPhase.Running,
        var phase => Phase(phase),
    })
    {
        Count = Int(counters, "count") ?? 0,
        Successful = Int(counters, "successful") ?? 0,
        Failed = Int(counters, "failed") ?? 0,
        Inconclusive = Int(counters, "inconclusive") ?? 0,
        ConsecutiveErrors = Int(counters, "consecutive_error") ?? 0,
        ConsecutiveSuccesses = Int(counters, "consecutive_success") ?? 0,
    };

    private static object? Measured(JsonElement value, bool special) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String => special ? value.GetString() switch
        {
            "NaN" => double.NaN,
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            var text => text,
        } : value.GetString(),
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        JsonValueKind.Array => value.EnumerateArray().Select(item => Measured(item, special)).ToArray(),
        _ => null,
    };

    private static AnalysisPhase Phase(string name) => Enum.Parse<AnalysisPhase>(name);

    private static int? Int(JsonElement row, string name) => (int?)JudgeRows.OptionalNumber(row, name);

    private static TimeSpan? Seconds(JsonElement row, string name) => JudgeRows.OptionalNumber(row, name) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
