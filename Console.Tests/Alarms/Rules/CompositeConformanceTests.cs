using System.Globalization;
using System.Text.Json;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Rules.Composites;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Alarms.Rules;

/// <summary>CloudWatch's composite alarms: expressions, limits, and the timelines of suppression.</summary>
[Trait("Category", "Conformance")]
public sealed class CompositeConformanceTests
{
    private static readonly JsonElement All = Fixture.Read("testing_cloudwatch_composite_alarms.json");

    public static TheoryData<string> Expressions() => [.. All.GetProperty("expressions").EnumerateArray().Select(row => row.GetRawText())];

    public static TheoryData<string> Timelines() => [.. All.GetProperty("suppression").GetProperty("examples").EnumerateArray().Select(row => row.GetRawText())];

    [Theory]
    [MemberData(nameof(Expressions))]
    public void An_expression_holds_as_listed(string text)
    {
        var row = JsonDocument.Parse(text).RootElement;
        var expression = CompositeExpression.Parse(row.GetProperty("rule").GetString()!, out var wrong);
        Assert.Null(wrong);
        var holds = expression!.Holds(name => row.TryGetProperty(name, out var state) ? AlarmStateWords.Parse(state.GetString()!) : null);
        Assert.Equal(row.GetProperty("expect").GetBoolean(), holds);
    }

    [Theory]
    [MemberData(nameof(Timelines))]
    public void Actions_are_taken_when_the_timeline_says(string text)
    {
        var row = JsonDocument.Parse(text).RootElement;
        var suppression = All.GetProperty("suppression");
        var rule = new CompositeRule("TRUE") { Suppressor = "s", Wait = Units(suppression.GetProperty("wait_period").GetInt32()), Extension = Units(suppression.GetProperty("extension_period").GetInt32()) };
        var said = row.TryGetProperty("suppressor", out var from) ? from.GetString()! : "OK";
        var other = (State: said.Contains("ALARM", StringComparison.Ordinal) ? AlarmState.Alarm : AlarmState.Ok, Since: At(0));
        var (change, acted, since, hold) = (0, 0, At(0), (ActionHold?)null);
        var actions = new List<string>();
        for (var t = 0; t <= 30; t++)
        {
            foreach (var happened in row.GetProperty("events").EnumerateArray().Where(happened => happened[0].GetString() == $"t{t}"))
            {
                if (happened[1].GetString() == "C")
                {
                    (change, since) = (change + 1, At(t));
                }
                else
                {
                    other = (AlarmStateWords.Parse(happened[2].GetString()!)!.Value, At(t));
                }
            }

            var step = ActionHolds.Step(hold, change, since, change > acted, muted: false, rule, other, At(t));
            hold = step.Hold;
            if (step.Act)
            {
                acted = change;
                actions.Add($"t{t}");
            }
        }

        var expected = row.TryGetProperty("action_at", out var at) && at.ValueKind == JsonValueKind.Array ? at.EnumerateArray().Select(one => one.GetString()!) : [];
        Assert.Equal(string.Join(' ', expected), string.Join(' ', actions));
    }

    [Fact]
    public void Functions_operators_and_limits_are_those_of_the_source()
    {
        foreach (var function in All.GetProperty("functions").EnumerateArray().Select(one => one.GetString()!))
        {
            Assert.NotNull(CompositeExpression.Parse(function, out _));
            Assert.NotNull(CompositeExpression.Parse($"NOT ({function}) OR {function} AND {function}", out _));
        }

        var most = All.GetProperty("limits").GetProperty("underlying_per_composite").GetInt32();
        Assert.NotNull(CompositeExpression.Parse(Many(most), out _));
        Assert.Null(CompositeExpression.Parse(Many(most + 1), out var wrong));
        Assert.Contains(most.ToString(CultureInfo.InvariantCulture), wrong, StringComparison.Ordinal);
        Assert.Equal(CompositeExpression.MostParents, All.GetProperty("limits").GetProperty("composites_per_underlying").GetInt32());
    }

    private static string Many(int alarms) => string.Join(" OR ", Enumerable.Range(0, alarms).Select(i => $"ALARM(a{i})"));

    private static TimeSpan Units(int units) => TimeSpan.FromMinutes(units);

    private static DateTimeOffset At(int t) => new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero) + Units(t);
}
