using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using OpsConsole.Domain.Noodles.Features;

namespace OpsConsole.Engine.Noodles.Reading;

/// <summary>
/// Keywords of all languages: those the package <c>Gherkin</c> brings (of before there were rules), and in <c>newer-keywords.json</c> the words Gherkin took in since, or dropped (<c>-given</c>).
/// </summary>
public static class Dialects
{
    private static readonly Lazy<FrozenDictionary<string, Dialect>> Loaded = new(Load);

    public static IReadOnlyDictionary<string, Dialect> All => Loaded.Value;

    private static FrozenDictionary<string, Dialect> Load()
    {
        var older = Read(typeof(global::Gherkin.GherkinDialectProvider), "Gherkin.gherkin-languages.json");
        var newer = Read(typeof(Dialects), "noodles/newer-keywords.json");
        return older.Keys.Union(newer.Keys).ToFrozenDictionary(language => language, language => Make(language, older.GetValueOrDefault(language), newer.GetValueOrDefault(language)));
    }

    private static Dictionary<string, JsonElement> Read(Type from, string resource)
    {
        using var stream = from.Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"{from.Assembly.GetName().Name} has no resource {resource}.");
        return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(stream)!;
    }

    private static Dialect Make(string language, JsonElement older, JsonElement newer)
    {
        return new(language, Words("feature"), Words("rule"), Words("background"), Words("scenario"), Words("scenarioOutline"), Words("examples"), Words("given"), Words("when"), Words("then"), Words("and"), Words("but"));

        ImmutableArray<string> Words(string kind) => [.. Of(older, kind).Except(Of(newer, $"-{kind}")).Concat(Of(newer, kind)).Distinct().OrderByDescending(word => word.Length).ThenBy(word => word, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Of(JsonElement language, string kind) =>
        language.ValueKind == JsonValueKind.Object && language.TryGetProperty(kind, out var words) ? words.EnumerateArray().Select(word => word.GetString()!) : [];
}
