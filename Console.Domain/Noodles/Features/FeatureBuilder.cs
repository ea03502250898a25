using System.Collections.Immutable;

namespace OpsConsole.Domain.Noodles.Features;

/// <summary>Puts recognised lines together.</summary>
internal sealed class FeatureBuilder
{
    private readonly List<string> _tags = [];
    private readonly List<string> _words = [];
    private readonly List<TableRow> _rows = [];
    private readonly List<int> _columns = [];
    private readonly ImmutableArray<FeatureChild>.Builder _children = ImmutableArray.CreateBuilder<FeatureChild>();
    private Feature? _feature;
    private RuleNode? _rule;
    private Background? _background;
    private ScenarioNode? _scenario;
    private ExamplesNode? _examples;
    private StepNode? _step;
    private (int Indent, string Separator, string? MediaType) _doc;
    private List<string>? _docLines;

    public Feature? Done()
    {
        CloseRule();
        return _feature is null ? null : _feature with { Children = _children.ToImmutable() };
    }

    public void Tags(IEnumerable<string> tags) => _tags.AddRange(tags);

    public void Words(string text, bool inDocString)
    {
        if (inDocString)
        {
            _docLines!.Add(text);
        }
        else if (_rule is null && _background is null && _scenario is null && (_words.Count > 0 || !string.IsNullOrWhiteSpace(text)))
        {
            _words.Add(text);
            _feature = _feature! with { Description = string.Join('\n', _words).TrimEnd() };
        }
    }

    public void Feature(Line line, string language) => _feature = new(language, line.Text, line.Number, "", TakeTags(), []);

    public void Rule(Line line)
    {
        CloseRule();
        _rule = new(line.Text, line.Number, TakeTags(), []);
    }

    public void Background(Line line)
    {
        CloseChild();
        _background = new(line.Text, line.Number, []);
    }

    public void Scenario(Line line)
    {
        CloseChild();
        _scenario = new(line.Text, line.Number, TakeTags(), [], []);
    }

    public void Examples(Line line)
    {
        CloseExamples();
        _examples = new(line.Text, line.Number, TakeTags(), [], []);
    }

    public void Step(Line line, StepKind kind)
    {
        CloseStep();
        _step = new(line.Keyword, kind, line.Text, line.Number);
    }

    public void Row(Line line)
    {
        _rows.Add(new(line.Number, [.. line.Items.Select(item => item.Text)]));
        _columns.Add(line.Column);
    }

    public void OpenDocString(Line line)
    {
        _doc = (line.Column - 1, line.Keyword, line.Text.Length == 0 ? null : line.Text);
        _docLines = [];
    }

    public void CloseDocString()
    {
        var escaped = string.Concat(_doc.Separator.Select(one => $"\\{one}"));
        var lines = _docLines!.Select(line => Unindent(line).Replace(escaped, _doc.Separator, StringComparison.Ordinal));
        _step = _step! with { DocString = new(string.Join('\n', lines), _doc.MediaType) };
        _docLines = null;
    }

    /// <summary>Gives the rows to the step or the examples they stand under; a row of another length is a fault.</summary>
    public IEnumerable<FeatureFault> CloseTable()
    {
        if (_rows.Count == 0)
        {
            return [];
        }

        var rows = _rows.ToImmutableArray();
        var odd = rows.IndexOf(rows.FirstOrDefault(row => row.Cells.Length != rows[0].Cells.Length)!);
        var fault = odd < 0 ? null : new FeatureFault(FeatureFaultKind.CellCount, rows[odd].Line, _columns[odd], "inconsistent cell count within the table", []);
        if (_examples is not null)
        {
            _examples = _examples with { Header = rows[0].Cells, Rows = rows[1..] };
        }
        else
        {
            _step = _step! with { Table = new(rows) };
        }

        _rows.Clear();
        _columns.Clear();
        return fault is null ? [] : [fault];
    }

    private string Unindent(string line)
    {
        var own = line.Length - line.TrimStart().Length;
        return own < _doc.Indent ? line.TrimStart() : line[_doc.Indent..];
    }

    private ImmutableArray<string> TakeTags()
    {
        ImmutableArray<string> tags = [.. _tags];
        _tags.Clear();
        return tags;
    }

    private void CloseStep()
    {
        if (_step is null)
        {
            return;
        }

        if (_background is not null)
        {
            _background = _background with { Steps = _background.Steps.Add(_step) };
        }
        else
        {
            _scenario = _scenario! with { Steps = _scenario.Steps.Add(_step) };
        }

        _step = null;
    }

    private void CloseExamples()
    {
        CloseStep();
        if (_examples is not null)
        {
            _scenario = _scenario! with { Examples = _scenario.Examples.Add(_examples) };
            _examples = null;
        }
    }

    private void CloseChild()
    {
        CloseExamples();
        if (_background is not null || _scenario is not null)
        {
            Add(new(_background, _scenario));
            (_background, _scenario) = (null, null);
        }
    }

    private void CloseRule()
    {
        CloseChild();
        if (_rule is not null)
        {
            _children.Add(new(Rule: _rule));
            _rule = null;
        }
    }

    private void Add(FeatureChild child)
    {
        if (_rule is null)
        {
            _children.Add(child);
        }
        else
        {
            _rule = _rule with { Children = _rule.Children.Add(child) };
        }
    }
}
