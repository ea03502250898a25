using System.Text.Json;
using OpsConsole.Domain.Noodles.Features;
using OpsConsole.Engine.Noodles.Reading;
using OpsConsole.Tests.World;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Noodles;

/// <summary>
/// Facts counted from Gherkin's own test data. Many of the texts come with npm's <c>gherkin</c> 5.0.0; of the others a row is compared where its text lies in the folder <c>gherkin-testdata</c>
/// beside the fixtures, or in the one that <c>OPSCONSOLE_GHERKIN_TESTDATA</c> names (the folder <c>testdata</c> of a checkout). Rows whose text is not at hand are printed: most have syntax newer
/// than that package (rules, Markdown, tags with comments), which <see cref="GherkinSyntaxTests"/> tries with texts of our own. Languages need no text: all are read.
/// </summary>
[Trait("Category", "Conformance")]
public sealed class GherkinTestdataConformanceTests(ITestOutputHelper output)
{
    private static readonly JsonElement Facts = Fixture.Read("testing_gherkin_testdata_facts.json");
    private static readonly string Packed = Repository.At("Console.Web/Npm/node_modules/gherkin/testdata");
    private static readonly FeatureReader Reader = new(Dialects.All);

    [Fact]
    public void Every_language_is_read()
    {
        Assert.All(Facts.GetProperty("languages").EnumerateArray().Select(language => language.GetString()!), language =>
        {
            var dialect = Dialects.All[language];
            var text = $"# language: {language}\n{dialect.Feature[0]}: f\n{dialect.Background[0]}:\n {Plain(dialect.Given)}a\n{dialect.Rule[0]}: r\n {dialect.Scenario[0]}: s\n  {Plain(dialect.When)}b\n  {Plain(dialect.And)}c\n {dialect.ScenarioOutline[0]}: o\n  {Plain(dialect.Then)}<x>\n  {dialect.Examples[0]}:\n   |x|\n   |1|\n";
            var (file, faults) = Reader.Read("t.feature", text);
            Assert.True(file is not null, $"{language}: {string.Join("; ", faults)}");
            Assert.Equal(["s:a/b/c", "o:a/1"], Pickler.Pickles(file).Pickles.Select(pickle => $"{pickle.Name}:{string.Join('/', pickle.Steps.Select(step => step.Text))}"));
        });
    }

    [Fact]
    public void Files_have_the_same_lines_nodes_and_scenarios()
    {
        var missing = new List<string>();
        var wrong = new List<string>();
        var read = 0;
        foreach (var row in Facts.GetProperty("good").EnumerateObject())
        {
            if (TextOf("good", row) is not { } text)
            {
                missing.Add(row.Name);
                continue;
            }

            read++;
            var (file, faults) = Reader.Read(row.Name, text);
            wrong.AddRange(file is null ? [$"{row.Name}: {string.Join("; ", faults)}"] : Differences(row.Name, text, file, row.Value));
        }

        foreach (var row in Facts.GetProperty("bad").EnumerateObject())
        {
            if (TextOf("bad", row) is not { } text)
            {
                missing.Add(row.Name);
                continue;
            }

            read++;
            var wanted = row.Value.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("line")}:{(error.GetProperty("column") is { ValueKind: JsonValueKind.Number } column ? column.GetInt32() : 0)} {Tokens(error)}");
            var got = Reader.Read(row.Name, text).Faults.Select(fault => $"{fault.Line}:{fault.Column} {string.Join(' ', fault.Kind == FeatureFaultKind.UnexpectedLine ? fault.Expected : [])}");
            wrong.AddRange(wanted.SequenceEqual(got) ? [] : [$"{row.Name}: {string.Join("; ", wanted)} is {string.Join("; ", got)}"]);
        }

        Assert.True(read > 0, $"{Packed} is missing: run npm ci in Console.Web/Npm.");
        output.WriteLine($"{read} files compared; no text at hand of {missing.Count}: {string.Join(", ", missing)}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static string Tokens(JsonElement error) =>
        error.GetProperty("expected_tokens") is { ValueKind: JsonValueKind.Array } tokens ? string.Join(' ', tokens.EnumerateArray().Select(token => token.GetString())) : "";

    private static IEnumerable<string> Differences(string name, string text, FeatureFile file, JsonElement facts)
    {
        var pickles = Pickler.Pickles(file).Pickles;
        (string What, string Wanted, string Got)[] all =
        [
            ("tokens", Pairs(facts.GetProperty("tokens")), string.Join(", ", Reader.Count(name, text)!.Select(pair => $"{pair.Key} {pair.Value}"))),
            ("pickles", facts.GetProperty("pickles").ToString(), $"{pickles.Length}"),
            ("pickle_steps", List(facts.GetProperty("pickle_steps")), string.Join(' ', pickles.Select(pickle => pickle.Steps.Length))),
            ("pickle_tags", List(facts.GetProperty("pickle_tags")), string.Join(' ', pickles.Select(pickle => pickle.Tags.Length))),
            .. FeatureFacts.NodesOf(file).Where(pair => facts.GetProperty("ast").TryGetProperty(pair.Name, out _)).Select(pair => (pair.Name, facts.GetProperty("ast").GetProperty(pair.Name) is { ValueKind: JsonValueKind.Object } kinds ? Pairs(kinds) : facts.GetProperty("ast").GetProperty(pair.Name).ToString().ToLowerInvariant(), pair.Value)),
        ];
        return all.Where(one => one.Wanted != one.Got).Select(one => $"{name}: {one.What} should be {one.Wanted} and is {one.Got}");
    }

    private static string Plain(IEnumerable<string> keywords) => keywords.First(keyword => keyword != "* ");

    private static string Pairs(JsonElement counts) => string.Join(", ", counts.EnumerateObject().Select(pair => $"{pair.Name} {pair.Value}").Order(StringComparer.Ordinal));

    private static string List(JsonElement numbers) => string.Join(' ', numbers.EnumerateArray());

    /// <summary>Null where no text at hand has as many bytes as the one that was counted: older ones of the same name say something else.</summary>
    private static string? TextOf(string kind, JsonProperty row)
    {
        var beside = Environment.GetEnvironmentVariable("OPSCONSOLE_FIXTURES") is { Length: > 0 } set ? set : Path.Combine(AppContext.BaseDirectory, "Fixtures");
        string?[] folders = [Environment.GetEnvironmentVariable("OPSCONSOLE_GHERKIN_TESTDATA"), Path.Combine(beside, "gherkin-testdata"), Packed];
        return folders.Where(folder => folder is { Length: > 0 }).Select(folder => new FileInfo(Path.Combine(folder!, kind, row.Name))).Where(file => file.Exists && file.Length == row.Value.GetProperty("bytes").GetInt64()).Select(file => File.ReadAllText(file.FullName)).FirstOrDefault();
    }
}
