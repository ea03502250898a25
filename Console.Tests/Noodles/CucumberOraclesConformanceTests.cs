using System.Globalization;
using System.Text.Json;
using OpsConsole.Domain.Noodles.Expressions;
using OpsConsole.Domain.Noodles.Features;
using OpsConsole.Domain.Noodles.Tags;
using OpsConsole.Engine.Noodles.Reading;

namespace OpsConsole.Tests.Noodles;

/// <summary>Expressions, tag expressions and features beside what Cucumber's own libraries made of them.</summary>
[Trait("Category", "Conformance")]
public sealed class CucumberOraclesConformanceTests
{
    private static readonly JsonElement Facts = World.Fixture.Read("testing_cucumber_oracles.json");

    private static readonly ParameterTypes Types = new ParameterType[]
    {
        new("bucket", ["[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"], texts => texts[0]),
        new("status", [@"[1-5]\d\d"], texts => int.Parse(texts[0]!, CultureInfo.InvariantCulture)),
        new("size", [@"(\d+) ?(B|KiB|MiB)"], texts => int.Parse(texts[0]!, CultureInfo.InvariantCulture) * (texts[1] switch { "B" => 1, "KiB" => 1024, _ => 1024 * 1024 })),
    }.Aggregate(ParameterTypes.BuiltIn, (types, type) => types.With(type).Types);

    public static IEnumerable<object[]> Rows(string section) => Facts.GetProperty(section).EnumerateArray().Select(row => new object[] { row.GetRawText() });

    [Theory]
    [MemberData(nameof(Rows), "expressions")]
    public void Expressions_match_and_give_the_same_arguments(string raw)
    {
        var row = Of(raw);
        var (expression, fault) = CucumberExpression.Parse(Text(row, "expression"), Types);
        Assert.True(expression is not null, fault?.ToString());
        var found = expression.Match(Text(row, "text"));
        Assert.Equal(row.GetProperty("match").GetBoolean(), found is not null);
        if (found is { } arguments)
        {
            Assert.Equal(row.GetProperty("args").EnumerateArray().Select(Plain), arguments.Select(argument => Plain(argument.Value)));
        }
    }

    [Theory]
    [MemberData(nameof(Rows), "expression_errors")]
    public void Faulty_expressions_are_refused_at_the_same_column(string raw)
    {
        var row = Of(raw);
        var (expression, fault) = CucumberExpression.Parse(Text(row, "expression"), Types);
        if (row.GetProperty("ok").GetBoolean())
        {
            Assert.Equal(Plainly(Text(row, "regex")), expression!.Regex);
            return;
        }

        Assert.NotNull(fault);
        Assert.Equal(Text(row, "kind") == "UndefinedParameterTypeError", fault.Kind == ExpressionFaultKind.UndefinedParameterType);
        if (row.TryGetProperty("problem_column", out var column) && column.GetString() is { } at)
        {
            Assert.Equal(at, fault.Column.ToString(CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [MemberData(nameof(Rows), "regexes")]
    public void Expressions_stand_for_the_same_regular_expression(string raw) =>
        Assert.Equal(Plainly(Text(Of(raw), "regex")), CucumberExpression.Parse(Text(Of(raw), "expression"), Types).Expression?.Regex);

    [Theory]
    [MemberData(nameof(Rows), "tags")]
    public void Tag_expressions_hold_for_the_same_tags(string raw)
    {
        var row = Of(raw);
        var (expression, fault) = TagExpression.Parse(Text(row, "expression"));
        Assert.True(expression is not null, fault);
        Assert.Equal(row.GetProperty("value").GetBoolean(), expression.Holds([.. row.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!)]));
        Assert.Equal(Text(row, "normal"), expression.ToString());
        Assert.Equal(expression, TagExpression.Parse(expression.ToString()).Expression);
    }

    [Theory]
    [MemberData(nameof(Rows), "tag_errors")]
    public void Faulty_tag_expressions_are_refused(string raw) =>
        Assert.Equal(Of(raw).GetProperty("ok").GetBoolean(), TagExpression.Parse(Text(Of(raw), "expression")).Fault is null);

    [Theory]
    [MemberData(nameof(Rows), "gherkin")]
    public void Features_make_the_same_scenarios_or_the_same_faults(string raw)
    {
        var row = Of(raw);
        var (file, faults) = new FeatureReader(Dialects.All).Read(Text(row, "name"), Text(row, "source"));
        if (row.TryGetProperty("errors", out var errors))
        {
            Assert.Equal(errors.EnumerateArray().Select(error => (error.GetProperty("line").GetInt32(), error.GetProperty("column").GetInt32())), faults.Select(fault => (fault.Line, fault.Column)));
            // Older and newer Gherkins name a step #Step or #StepLine; the heads are cut somewhere within.
            Assert.All(errors.EnumerateArray().Zip(faults), pair => Assert.StartsWith(Text(pair.First, "message_head"), pair.Second.ToString(), StringComparison.Ordinal));
            return;
        }

        Assert.True(file is not null, string.Join("; ", faults));
        Assert.Equal(row.GetProperty("pickles").EnumerateArray().SelectMany(Lines), Pickler.Pickles(file).Pickles.SelectMany(Lines));
    }

    /// <summary>JavaScript shows a slash of a regular expression's source as \/, because its literals end with one.</summary>
    private static string Plainly(string regex) => regex.Replace("\\/", "/", StringComparison.Ordinal);

    private static IEnumerable<string> Lines(JsonElement pickle) =>
    [
        $"{Text(pickle, "name")} {string.Join(' ', pickle.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()))}",
        .. pickle.GetProperty("steps").EnumerateArray().Select(step => $"{Text(step, "type")}: {Text(step, "text")}" + (step.TryGetProperty("arg", out var arg) ? Argument(arg) : "")),
    ];

    private static IEnumerable<string> Lines(Pickle pickle) =>
    [
        $"{pickle.Name} {string.Join(' ', pickle.Tags)}",
        .. pickle.Steps.Select(step => $"{step.Kind}: {step.Text}"
            + (step.Table is { } table ? " " + string.Join('/', table.Rows.Select(line => string.Join(',', line.Cells))) : step.DocString is { } doc ? $" [{doc.MediaType}] {doc.Content}" : "")),
    ];

    private static string Argument(JsonElement arg) =>
        arg.ValueKind == JsonValueKind.Array
            ? " " + string.Join('/', arg.EnumerateArray().Select(line => string.Join(',', line.EnumerateArray().Select(cell => cell.GetString()))))
            : $" [{(arg.TryGetProperty("mediaType", out var type) ? type.GetString() : null)}] {Text(arg, "doc")}";

    private static string Plain(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.ToString();

    private static string Plain(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static JsonElement Of(string raw) => JsonSerializer.Deserialize<JsonElement>(raw);

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
