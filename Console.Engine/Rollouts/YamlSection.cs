using System.Collections.Immutable;
using System.Globalization;
using OpsConsole.Domain.Rollouts;
using YamlDotNet.RepresentationModel;

namespace OpsConsole.Engine.Rollouts;

/// <summary>One thing wrong with a file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Path">Where in the file, such as <c>stages[1].batch</c>; empty for the file as a whole.</param>
/// <param name="What">What is wrong and what to do.</param>
public sealed record FileError(long Line, string Path, string What)
{
    public override string ToString() => Path.Length == 0 ? $"line {Line}: {What}" : $"line {Line}, {Path}: {What}";
}

/// <summary>What a reading of one file finds out: where each path stands, and every error.</summary>
internal sealed class YamlNotes
{
    public Dictionary<string, long> Lines { get; } = [];

    public List<FileError> Errors { get; } = [];

    public void Wrong(YamlNode node, string path, string what) => Errors.Add(new(node.Start.Line, path, what));
}

/// <summary>One mapping of a YAML file, read key by key. Wrong types and keys nobody asked for become errors; nothing throws.</summary>
internal sealed class YamlSection(YamlMappingNode node, string path, YamlNotes notes)
{
    private readonly HashSet<string> _asked = [];

    public string Text(string key, string otherwise = "") => Scalar(key) ?? otherwise;

    public string Required(string key)
    {
        if (Find(key) is null)
        {
            notes.Wrong(node, At(key), "it is missing; add it.");
        }

        return Text(key);
    }

    public int Int(string key, int otherwise) => (int)Math.Clamp(Long(key, otherwise), int.MinValue, int.MaxValue);

    public long Long(string key, long otherwise) => Parsed<long>(key, text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null, "a whole number") ?? otherwise;

    public double? Number(string key) => Parsed<double>(key, text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null, "a number");

    public TimeSpan Time(string key, TimeSpan otherwise) => Parsed<TimeSpan>(key, YamlWords.Time, "a time such as 500ms, 10s, 5m, 2h or 1d") ?? otherwise;

    public int Percent(string key, int otherwise) => Parsed<int>(key, YamlWords.Percent, "a percent such as 66%") ?? otherwise;

    /// <summary>A percent as it stands; null where it is left out or wrong.</summary>
    public int? Share100(string key) => Parsed<int>(key, YamlWords.Percent, "a percent such as 20%");

    public bool Has(string key) => Find(key) is not null;

    public ImmutableArray<int> Percents(string key)
    {
        var texts = Texts(key);
        var wrong = texts.FirstOrDefault(text => YamlWords.Percent(text) is null);
        if (wrong is not null)
        {
            notes.Wrong(Find(key)!, At(key), $"'{Shown(wrong)}' is not a percent such as 25%.");
        }

        return wrong is null ? [.. texts.Select(text => YamlWords.Percent(text)!.Value)] : [];
    }

    public bool Flag(string key, bool otherwise) => Parsed<bool>(key, text => text switch { "true" => true, "false" => false, _ => null }, "true or false") ?? otherwise;

    /// <summary>A percent as a share: 5% is 0.05.</summary>
    public double? Share(string key) => Parsed<int>(key, YamlWords.Percent, "a percent such as 5%") / 100.0;

    public BatchSize Batch(string key, BatchSize otherwise) => Parsed<(int Size, bool Percent)>(key, text => YamlWords.Batch(text) is { } batch ? (batch.Size, batch.Percent) : ((int, bool)?)null, "a number of hosts such as 2, or a percent such as 10%") is var (size, percent) ? new(size, percent) : otherwise;

    public (int Bad, int Of)? Windows(string key) => Parsed<(int Bad, int Of)>(key, YamlWords.Windows, "windows such as '2 of 3'");

    public TEnum Choice<TEnum>(string key, TEnum otherwise)
        where TEnum : struct, Enum =>
        Parsed<TEnum>(key, text => Enum.GetNames<TEnum>().Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<TEnum>(text, ignoreCase: true) : (TEnum?)null, $"one of: {string.Join(", ", Enum.GetNames<TEnum>().Select(name => name.ToLowerInvariant()))}") ?? otherwise;

    /// <summary>One of a few words; null where it is left out or is none of them.</summary>
    public T? Word<T>(string key, params (string Word, T Value)[] words)
        where T : struct =>
        Parsed<T>(key, text => words.Where(one => one.Word == text).Select(one => (T?)one.Value).FirstOrDefault(), $"one of: {string.Join(", ", words.Select(one => one.Word))}");

    public ImmutableArray<string> Texts(string key, string? alone = null)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case YamlSequenceNode list when list.Children.All(child => child is YamlScalarNode { Value.Length: > 0 }) && list.Children.Count <= 1000:
                return [.. list.Children.Select(child => ((YamlScalarNode)child).Value!)];
            case YamlScalarNode scalar when alone is not null && scalar.Value == alone:
                return [];
            case var other:
                notes.Wrong(other, At(key), alone is null ? "it must be a list of at most 1000 names." : $"it must be '{alone}' or a list of at most 1000 names.");
                return [];
        }
    }

    public YamlSection? Section(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlMappingNode mapping:
                return new(mapping, At(key), notes);
            case var other:
                notes.Wrong(other, At(key), "it must be a section of keys and values.");
                return null;
        }
    }

    public IEnumerable<YamlSection> Sections(string key)
    {
        if (Find(key) is not { } found)
        {
            yield break;
        }

        if (found is not YamlSequenceNode list)
        {
            notes.Wrong(found, At(key), "it must be a list.");
            yield break;
        }

        for (var i = 0; i < list.Children.Count; i++)
        {
            var at = $"{At(key)}[{i}]";
            notes.Lines[at] = list.Children[i].Start.Line;
            if (list.Children[i] is YamlMappingNode mapping)
            {
                yield return new(mapping, at, notes);
            }
            else
            {
                notes.Wrong(list.Children[i], at, "it must be a section of keys and values.");
            }
        }
    }

    /// <summary>Reports every key that nobody asked for.</summary>
    public void Done()
    {
        foreach (var key in node.Children.Keys)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (!_asked.Contains(name))
            {
                notes.Wrong(key, At(name), $"the key '{name}' is not known here; use: {string.Join(", ", _asked)}.");
            }
        }
    }

    private string At(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private YamlNode? Find(string key)
    {
        _asked.Add(key);
        if (!node.Children.TryGetValue(new YamlScalarNode(key), out var found))
        {
            return null;
        }

        notes.Lines[At(key)] = found.Start.Line;
        return found;
    }

    private string? Scalar(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlScalarNode scalar:
                return scalar.Value ?? "";
            case var other:
                notes.Wrong(other, At(key), "it must be a single value.");
                return null;
        }
    }

    private T? Parsed<T>(string key, Func<string, T?> parse, string wanted)
        where T : struct
    {
        if (Scalar(key) is not { } text)
        {
            return null;
        }

        var parsed = parse(text);
        if (parsed is null)
        {
            notes.Wrong(Find(key)!, At(key), $"'{Shown(text)}' is not {wanted}.");
        }

        return parsed;
    }

    private static string Shown(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}
