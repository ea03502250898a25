using System.Collections.Immutable;

namespace OpsConsole.Domain.Noodles.Features;

/// <summary>One file being read.</summary>
internal sealed class Reading(IReadOnlyDictionary<string, Dialect> dialects, LineMatcher matcher)
{
    private string[] _lines = [];
    private Place _place = Place.Start;
    private Place _afterDoc;
    private string _separator = "";

    public FeatureBuilder Builder { get; } = new();

    public List<FeatureFault> Faults { get; } = [];

    public Dictionary<LineKind, int> Seen { get; } = [];

    public int Comments { get; private set; }

    public void Run(string[] lines, int mostFaults)
    {
        _lines = lines;
        for (var at = 0; at <= lines.Length && Faults.Count < mostFaults; at++)
        {
            var raw = at < lines.Length ? lines[at] : null;
            if (Recognise(raw, at + 1) is { } line)
            {
                Take(line, at);
            }
            else
            {
                Faults.Add(Unexpected(raw, at + 1));
            }
        }

        Faults.AddRange(Builder.CloseTable());
        if (Faults.Count > mostFaults)
        {
            Faults.RemoveRange(mostFaults, Faults.Count - mostFaults);
        }
    }

    private Line? Recognise(string? raw, int number)
    {
        if (_place == Place.InDocString && raw is not null)
        {
            return matcher.As(LineKind.DocStringSeparator, raw, number) is { } end && end.Keyword == _separator ? end : new(LineKind.Other, number, 1, "", raw);
        }

        var line = Grammar.Takes[_place].Select(kind => matcher.As(kind, raw, number)).FirstOrDefault(line => line is not null);
        if (line is not { Kind: LineKind.TagLine } || line.Items.FirstOrDefault(item => item.Text.Any(char.IsWhiteSpace)) is not { Text: not null } odd)
        {
            return line;
        }

        // A line of tags with white space is none; where prose may stand it is prose besides.
        Faults.Add(new(FeatureFaultKind.TagWhitespace, number, odd.Column, "A tag may not contain whitespace", []));
        return Grammar.Takes[_place].Contains(LineKind.Other) ? matcher.As(LineKind.Other, raw, number) : null;
    }

    private FeatureFault Unexpected(string? raw, int number)
    {
        ImmutableArray<string> expected = [.. Grammar.Takes[_place].Select(kind => $"#{kind}")];
        var list = string.Join(", ", expected);
        return raw is null
            ? new(FeatureFaultKind.UnexpectedEnd, number, 0, $"unexpected end of file, expected: {list}", expected)
            : new(FeatureFaultKind.UnexpectedLine, number, raw.Length - raw.TrimStart().Length + 1, $"expected: {list}, got '{raw.Trim()}'", expected);
    }

    private void Take(Line line, int at)
    {
        if (line.Kind != LineKind.EOF)
        {
            Seen[line.Kind] = Seen.GetValueOrDefault(line.Kind) + 1;
        }

        switch (line.Kind)
        {
            case LineKind.EOF or LineKind.Empty:
                break;
            case LineKind.Comment:
                // It begins a description: empty lines after it are the description's.
                (Comments, _place) = (Comments + 1, AfterWords(_place));
                break;
            case LineKind.Language when dialects.TryGetValue(line.Text, out var dialect):
                matcher.Dialect = dialect;
                _place = Place.AfterLanguage;
                break;
            case LineKind.Language:
                Faults.Add(new(FeatureFaultKind.Language, line.Number, line.Column, $"Language not supported: {line.Text}", []));
                break;
            case LineKind.TagLine:
                TakeTags(line, at);
                break;
            case LineKind.Other:
                Builder.Words(line.Text, _place == Place.InDocString);
                _place = AfterWords(_place);
                break;
            case LineKind.DocStringSeparator when _place == Place.InDocString:
                Builder.CloseDocString();
                _place = _afterDoc;
                break;
            case LineKind.DocStringSeparator:
                Faults.AddRange(Builder.CloseTable());
                Builder.OpenDocString(line);
                _afterDoc = _place switch
                {
                    Place.BackgroundStep => Place.BackgroundAfterDoc,
                    Place.BackgroundTable => Place.BackgroundDocAfterTable,
                    Place.ScenarioTable => Place.ScenarioDocAfterTable,
                    _ => Place.ScenarioAfterDoc,
                };
                (_separator, _place) = (line.Keyword, Place.InDocString);
                break;
            case LineKind.TableRow:
                Builder.Row(line);
                _place = _place switch
                {
                    Place.BackgroundStep or Place.BackgroundTable => Place.BackgroundTable,
                    Place.BackgroundAfterDoc or Place.BackgroundTableAfterDoc => Place.BackgroundTableAfterDoc,
                    Place.ScenarioAfterDoc or Place.ScenarioTableAfterDoc => Place.ScenarioTableAfterDoc,
                    Place.ExamplesHead or Place.ExamplesWords or Place.ExamplesTable => Place.ExamplesTable,
                    _ => Place.ScenarioTable,
                };
                break;
            default:
                Faults.AddRange(Builder.CloseTable());
                Open(line);
                break;
        }
    }

    private static Place AfterWords(Place place) =>
        place switch
        {
            Place.FeatureHead => Place.FeatureWords,
            Place.BackgroundHead => Place.BackgroundWords,
            Place.ScenarioHead => Place.ScenarioWords,
            Place.ExamplesHead => Place.ExamplesWords,
            var same => same,
        };

    private void Open(Line line)
    {
        switch (line.Kind)
        {
            case LineKind.FeatureLine:
                Builder.Feature(line, matcher.Dialect.Language);
                _place = Place.FeatureHead;
                break;
            case LineKind.RuleLine:
                Builder.Rule(line);
                _place = Place.FeatureHead;
                break;
            case LineKind.BackgroundLine:
                Builder.Background(line);
                _place = Place.BackgroundHead;
                break;
            case LineKind.ScenarioLine:
                Builder.Scenario(line);
                _place = Place.ScenarioHead;
                break;
            case LineKind.ExamplesLine:
                Builder.Examples(line);
                _place = Place.ExamplesHead;
                break;
            default:
                Builder.Step(line, matcher.Dialect.KindOf(line.Keyword));
                _place = _place is Place.BackgroundHead or Place.BackgroundWords or Place.BackgroundStep or Place.BackgroundTable or Place.BackgroundAfterDoc or Place.BackgroundTableAfterDoc or Place.BackgroundDocAfterTable ? Place.BackgroundStep : Place.ScenarioStep;
                break;
        }
    }

    private void TakeTags(Line line, int at)
    {
        Builder.Tags(line.Items.Select(item => item.Text));
        if (_place is Place.Start or Place.AfterLanguage)
        {
            _place = Place.FeatureTags;
        }
        else if (_place is not (Place.FeatureTags or Place.ScenarioTags or Place.ExamplesTags or Place.RuleTags))
        {
            Faults.AddRange(Builder.CloseTable());
            var takesExamples = Grammar.Takes[_place].Contains(LineKind.ExamplesLine);
            var next = _lines.Skip(at + 1).FirstOrDefault(raw => matcher.As(LineKind.Empty, raw, 0) is null && matcher.As(LineKind.Comment, raw, 0) is null && matcher.As(LineKind.TagLine, raw, 0) is null);
            _place = takesExamples && matcher.As(LineKind.ExamplesLine, next, 0) is not null ? Place.ExamplesTags
                : matcher.As(LineKind.ScenarioLine, next, 0) is not null ? Place.ScenarioTags
                : Place.RuleTags;
        }
    }
}
