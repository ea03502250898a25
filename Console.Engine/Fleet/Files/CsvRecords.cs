using System.Text;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Engine.Fleet.Files;

/// <summary>
/// RFC 4180, with the line each record begins on and every breach named, which is what a person needs who mends a file of 100,000 lines: a quote that is never
/// closed is told where it was opened, and reading goes on after the line.
/// </summary>
internal sealed class CsvRecords(TextReader text, List<FleetFileError> errors)
{
    public const int LongestField = 1_000;
    private const int MostFields = 100;

    private readonly StringBuilder _field = new();
    private int _line;

    /// <summary>Records that are not empty, each with the line it stands on. A record with a breach is left out.</summary>
    public IEnumerable<(int Line, string[] Fields)> Read()
    {
        while (text.Peek() >= 0)
        {
            _line++;
            var before = errors.Count;
            var fields = Record();
            if (errors.Count == before && fields is not ([] or [""]))
            {
                yield return (_line, fields);
            }
        }
    }

    /// <summary>A field never holds a line break: no name of the fleet does, and a lost quote then costs one line instead of the rest of the file.</summary>
    private string[] Record()
    {
        var fields = new List<string>();
        while (true)
        {
            var end = Field();
            if (fields.Count < MostFields)
            {
                fields.Add(_field.ToString());
            }

            if (end != ',')
            {
                return [.. fields];
            }
        }
    }

    /// <returns>What ended the field: a comma, or a line break for the end of the record.</returns>
    private char Field()
    {
        _field.Clear();
        var (quoted, closed, wrong) = (false, false, false);
        while (true)
        {
            var c = text.Read() is var read and >= 0 ? (char)read : '\n';
            if (c == '\r' && (text.Peek() is '\n' or < 0))
            {
                continue;
            }

            if (c == '\n' || (c == ',' && (!quoted || closed)))
            {
                if (quoted && !closed)
                {
                    Wrong("a quote is not closed on its line", "Close the quote; no field holds a line break.");
                }

                Trim(quoted);
                return c;
            }

            if (c == '"' && !quoted && string.IsNullOrWhiteSpace(_field.ToString()))
            {
                quoted = true;
                _field.Clear();
            }
            else if (c == '"' && quoted && !closed)
            {
                closed = text.Peek() != '"';
                if (!closed)
                {
                    text.Read();
                    Add('"');
                }
            }
            else if (c == '"' || (closed && !char.IsWhiteSpace(c)))
            {
                Wrong("a quote stands where none may, or text follows one", "Quote whole fields, and double a quote inside one.");
            }
            else if (!closed)
            {
                Add(c);
            }
        }

        void Add(char c)
        {
            if (_field.Length < LongestField)
            {
                _field.Append(c);
            }
            else
            {
                Wrong($"a field is longer than {LongestField} characters", "Shorten it.");
            }
        }

        void Wrong(string why, string @do)
        {
            if (!wrong)
            {
                errors.Add(new(_line, 0, null, why, @do));
                wrong = true;
            }
        }
    }

    private void Trim(bool quoted)
    {
        if (!quoted && _field.Length > 0 && (char.IsWhiteSpace(_field[0]) || char.IsWhiteSpace(_field[^1])))
        {
            var trimmed = _field.ToString().Trim();
            _field.Clear().Append(trimmed);
        }
    }
}
