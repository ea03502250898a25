using System.Globalization;
using Microsoft.Data.Sqlite;
using OpsConsole.Domain.Journal;
using SQLitePCL;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>Why the journal cannot take an event now, in words.</summary>
internal static class JournalRefusals
{
    public const string BrokenCode = "journal.broken";

    public static Rejection Full { get; } = Refuse("journal.queue-full", "More events wait for the disk than the journal holds back.", "Try again in a moment.");

    public static Rejection Closed { get; } = Refuse("journal.closed", "The console is shutting down.", "Send it again when the console is back.");

    public static Rejection Overtaken { get; } = Refuse("journal.commit-failed", "It was decided on a state that could not be written to disk.", "Send it again.");

    public static Rejection TooLarge(long bytes, int most) =>
        new(RejectionKind.Invalid, "journal.event-too-large", "The command was refused; nothing was changed.", $"Its event has {bytes} bytes; the journal takes {most}.", "Send it in smaller parts.");

    public static Rejection Of(Exception e) =>
        e switch
        {
            SqliteException { SqliteErrorCode: raw.SQLITE_FULL } => Refuse("journal.disk-full", "The journal could not be written: the disk is full.", "Free some space; the console goes on by itself. Then send it again."),
            SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED } => Refuse("journal.locked", "The journal could not be written: another program holds its database locked.", "End that program; the console goes on by itself. Then send it again."),
            SqliteException sqlite => Refuse("journal.io", $"The journal could not be written: {sqlite.Message}.", "Check the disk; the console goes on by itself once it can write. Then send it again.")
                .With("sqlite", sqlite.SqliteExtendedErrorCode.ToString(CultureInfo.InvariantCulture)),
            JournalException broken => Refuse(BrokenCode, $"The journal stopped: {broken.Message}", "Run 'audit verify', then restart the console."),
            _ => Refuse("journal.io", $"The journal could not be written: {e.Message}", "Check the disk; the console goes on by itself once it can write. Then send it again."),
        };

    private static Rejection Refuse(string code, string why, string what) => new(RejectionKind.Unavailable, code, "The command was refused; nothing was changed.", why, what);
}
