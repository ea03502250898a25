namespace OpsConsole.Web.Rollouts.Editor;

/// <summary>What a text has that another has not, line by line.</summary>
public static class TextDifference
{
    /// <summary>Where more lines than this differ between the first and the last that are alike, no finer difference is looked for.</summary>
    private const int MostLines = 2_000;

    /// <summary>The lines that go and the lines that come, in their order.</summary>
    public static IReadOnlyList<ChangedLine> Between(string before, string after)
    {
        var (old, now) = (Lines(before), Lines(after));
        var (start, end) = (0, 0);
        while (start < Math.Min(old.Length, now.Length) && old[start] == now[start])
        {
            start++;
        }

        while (end < Math.Min(old.Length, now.Length) - start && old[^(end + 1)] == now[^(end + 1)])
        {
            end++;
        }

        var (a, b) = (old[start..^end], now[start..^end]);
        return a.Length > MostLines || b.Length > MostLines ? [.. Gone(a, start), .. Come(b, start)] : Finer(a, b, start);
    }

    private static List<ChangedLine> Finer(string[] a, string[] b, int start)
    {
        var longest = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--)
            {
                longest[i, j] = a[i] == b[j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
            }
        }

        var changed = new List<ChangedLine>();
        for (var (i, j) = (0, 0); i < a.Length || j < b.Length;)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j])
            {
                (i, j) = (i + 1, j + 1);
            }
            else if (i < a.Length && (j == b.Length || longest[i + 1, j] >= longest[i, j + 1]))
            {
                changed.Add(new(start + i + 1, false, a[i++]));
            }
            else
            {
                changed.Add(new(start + j + 1, true, b[j++]));
            }
        }

        return changed;
    }

    private static IEnumerable<ChangedLine> Gone(string[] lines, int start) => lines.Select((line, i) => new ChangedLine(start + i + 1, false, line));

    private static IEnumerable<ChangedLine> Come(string[] lines, int start) => lines.Select((line, i) => new ChangedLine(start + i + 1, true, line));

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');
}

/// <param name="Number">From 1, in the text it is in.</param>
/// <param name="Added">In the later text only; else in the earlier one only.</param>
public sealed record ChangedLine(int Number, bool Added, string Text);
