using System.Text.Json;
using OpsConsole.Domain.Alarms.Judge;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Alarms.Judge;

/// <summary>Which time each judgement of an analysis looks at.</summary>
[Trait("Category", "Conformance")]
public sealed class JudgementWindowsConformanceTests
{
    private static readonly DateTimeOffset Asked = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Rows(string list) => JudgeRows.All(Fixture.Read("canary_judgement_windows.json").GetProperty(list));

    [Theory]
    [MemberData(nameof(Rows), "rows")]
    public void A_judgement_looks_at_the_time_listed(string text)
    {
        var row = JudgeRows.Row(text);
        var windows = new JudgementWindows(Asked + Minutes(row, "now_offset_min"))
        {
            Start = At(row, "explicit_start"),
            End = At(row, "explicit_end"),
            WarmUp = Minutes(row, "warmup_min"),
            LookBack = Minutes(row, "lookback_min"),
            BaselineOffset = Minutes(row, "control_offset_min"),
        };
        var (judgement, interval) = (row.GetProperty("judgement").GetInt32(), Minutes(row, "interval_min"));
        var (candidate, baseline) = (windows.Candidate(judgement, interval), windows.Baseline(judgement, interval));
        foreach (var (name, seen) in new[]
        {
            ("expected_start", candidate.From), ("expected_end", candidate.To), ("expected_experiment_start", candidate.From),
            ("expected_experiment_end", candidate.To), ("expected_control_start", baseline.From), ("expected_control_end", baseline.To),
        })
        {
            if (At(row, name) is { } expected)
            {
                Assert.Equal(expected, seen);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rows), "lifetime_rows")]
    public void The_lifetime_comes_from_the_end_or_is_given_or_there_is_none(string text)
    {
        var row = JudgeRows.Row(text);
        var windows = new JudgementWindows(Asked)
        {
            Start = Asked + Minutes(row, "start_min"),
            End = JudgeRows.OptionalNumber(row, "end_min") is { } end ? Asked + TimeSpan.FromMinutes(end) : null,
            Lifetime = JudgeRows.OptionalNumber(row, "lifetime_min") is { } lifetime ? TimeSpan.FromMinutes(lifetime) : null,
        };
        if (JudgeRows.OptionalNumber(row, "expected_lifetime_min") is { } expected)
        {
            Assert.Equal(TimeSpan.FromMinutes(expected), windows.Length);
            Assert.Equal((1, windows.Length), (windows.Judgements, windows.Every));
        }
        else
        {
            Assert.Equal("error", JudgeRows.Word(row, "expected"));
            Assert.Null(windows.Length);
            Assert.Equal(0, windows.Judgements);
        }
    }

    [Theory]
    [InlineData(15, 3, 5)]
    [InlineData(16, 3, 5)]
    [InlineData(2, 3, 1)]
    [InlineData(10, 0, 1)]
    public void There_are_as_many_judgements_as_whole_intervals(int lifetime, int interval, int expected)
    {
        var windows = new JudgementWindows(Asked) { Lifetime = TimeSpan.FromMinutes(lifetime), Interval = TimeSpan.FromMinutes(interval) };
        Assert.Equal(expected, windows.Judgements);
    }

    private static TimeSpan Minutes(JsonElement row, string name) => TimeSpan.FromMinutes(JudgeRows.OptionalNumber(row, name) ?? 0);

    /// <summary>Minutes from the request, or a time.</summary>
    private static DateTimeOffset? At(JsonElement row, string name) =>
        JudgeRows.OptionalNumber(row, $"{name}_min") is { } minutes ? Asked + TimeSpan.FromMinutes(minutes)
        : JudgeRows.Word(row, name) is { } time ? DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture) : null;
}
