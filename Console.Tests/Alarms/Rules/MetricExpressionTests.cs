using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Rules.Composites;

namespace OpsConsole.Tests.Alarms.Rules;

public sealed class MetricExpressionTests
{
    [Theory]
    [InlineData("a + b * 2", 1, 2, 5)]
    [InlineData("(a + b) * 2", 1, 2, 6)]
    [InlineData("a - b - 1", 5, 2, 2)]
    [InlineData("-a + 1e1", 3, 0, 7)]
    [InlineData("a / b", 1, 0, double.NaN)]
    [InlineData("fill(a, 0) / b", double.NaN, 4, 0)]
    [InlineData("a / b", double.NaN, 4, double.NaN)]
    [InlineData("min(a, b) + max(a, b) + abs(-1)", 3, 4, 8)]
    public void A_formula_has_its_value_and_nothing_stays_nothing(string text, double a, double b, double expected)
    {
        var expression = MetricExpression.Parse(text, ["a", "b"], out var wrong);
        Assert.Null(wrong);
        Assert.Equal(expected, expression!.Of(new[] { a, b }), 9);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a +")]
    [InlineData("c")]
    [InlineData("a b")]
    [InlineData("min(a)")]
    [InlineData("a ** b")]
    [InlineData("(a")]
    public void What_is_no_formula_says_why(string text)
    {
        Assert.Null(MetricExpression.Parse(text, ["a", "b"], out var wrong));
        Assert.NotEmpty(wrong!);
        Assert.Null(MetricExpression.Parse(new string('(', 400) + "a", ["a"], out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ALARM()")]
    [InlineData("ALARM(a) ALARM(b)")]
    [InlineData("ALARM(a) AND")]
    [InlineData("(ALARM(a)")]
    [InlineData("MAYBE(a)")]
    public void What_is_no_rule_of_a_composite_says_why(string text)
    {
        Assert.Null(CompositeExpression.Parse(text, out var wrong));
        Assert.NotEmpty(wrong!);
    }

    /// <summary>NOT binds before AND, AND before OR; an alarm without data is no proof of anything (law 8).</summary>
    [Fact]
    public void Words_bind_as_they_should_and_no_data_proves_nothing()
    {
        var expression = CompositeExpression.Parse("ALARM(a) OR NOT ALARM(b) AND ALARM(\"c\")", out _)!;
        AlarmState? State(string name) => name switch { "b" => AlarmState.Ok, "c" => AlarmState.Alarm, _ => null };
        Assert.True(expression.Holds(State));
        Assert.True(expression.Surely(State));
        Assert.False(expression.Holds(name => name == "b" ? AlarmState.Ok : null));
        Assert.Null(expression.Surely(name => name == "b" ? AlarmState.Ok : null));
        Assert.True(CompositeExpression.Parse("INSUFFICIENT_DATA(a)", out _)!.Surely(_ => null));
    }
}
