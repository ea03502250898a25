using System.Globalization;
using System.Text.Json;

namespace OpsConsole.Web.Cli;

/// <summary>Writes the console's answers for people.</summary>
internal static class Table
{
    private const int WidestCell = 60;

    public static void Done(JsonElement answer, TextWriter output) =>
        output.WriteLine(answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("version", out var version) ? $"Done. {answer.GetProperty("stream").GetString()} is at version {version}." : "Done.");

    /// <summary>A table of an array of objects, or of the array that an object has under <paramref name="member"/>; columns are members' names.</summary>
    public static Action<JsonElement, TextWriter> Of(string? member, params string[] columns) =>
        (answer, output) => Write(member is null ? answer : answer.GetProperty(member), columns, output);

    /// <summary>A table of one page, and how to ask for the next.</summary>
    public static Action<JsonElement, TextWriter> Paged(string member, params string[] columns) =>
        (answer, output) =>
        {
            Of(member, columns)(answer, output);
            if (answer.GetProperty("next").GetString() is { } next)
            {
                output.WriteLine($"More: --after {next}");
            }
        };

    /// <summary>An object's members, one a line.</summary>
    public static void Members(JsonElement answer, TextWriter output)
    {
        foreach (var member in answer.EnumerateObject())
        {
            output.WriteLine($"{member.Name,-20} {Cell(member.Value)}");
        }
    }

    private static void Write(JsonElement list, string[] columns, TextWriter output)
    {
        var rows = list.EnumerateArray().Select(row => columns.Select(column => Clip(Member(row, column))).ToArray()).ToList();
        if (rows.Count == 0)
        {
            output.WriteLine("(none)");
            return;
        }

        rows.Insert(0, columns);
        var widths = columns.Select((_, i) => rows.Max(row => row[i].Length)).ToArray();
        foreach (var row in rows)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        }
    }

    private static string Member(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? Cell(value) : "";

    private static string Clip(string cell) => cell.Length > WidestCell ? cell[..(WidestCell - 1)] + "…" : cell;

    private static string Cell(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => "-",
            JsonValueKind.String => value.TryGetDateTimeOffset(out var at) ? at.UtcDateTime.ToString("u", CultureInfo.InvariantCulture) : value.GetString()!,
            JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Cell)),
            JsonValueKind.Object => string.Join(" ", value.EnumerateObject().Select(member => Cell(member.Value))),
            _ => value.ToString(),
        };
}
