using System.Globalization;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>
/// <c>journal.head</c>: sequence and hash of an event that was acknowledged, written beside the database at most once a second and at a clean end.
/// It is never ahead of the database, so a database that ends before it, or has another hash there, has lost events or is an older copy.
/// </summary>
internal static class HeadFile
{
    public static ChainHead? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var parts = File.ReadAllText(path).Split(' ', StringSplitOptions.TrimEntries);
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && parts[1].Length == 64 && parts[1].All(char.IsAsciiHexDigit)
            ? new(sequence, Convert.FromHexString(parts[1]))
            : throw new JournalException($"{path} is not readable as a journal's head (a sequence and a hash). Nothing was changed. Run 'audit verify'; if the journal itself is whole, delete the file and start again.");
    }

    /// <summary>Replaces the file as a whole. A head that cannot be written is left at the older one, which is still true.</summary>
    public static void Write(string path, ChainHead head)
    {
        try
        {
            var fresh = path + ".new";
            File.WriteAllText(fresh, string.Create(CultureInfo.InvariantCulture, $"{head.Sequence} {head.Hex}\n"));
            File.Move(fresh, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
