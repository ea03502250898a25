using System.Globalization;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal;

/// <summary>What any command must keep to, whatever its slice.</summary>
internal static class CommandBounds
{
    public const int LongestReason = 500;
    public const int LongestKey = 100;
    public const int LongestCause = 500;
    public const int LongestStream = 200;

    public static Rejection? Check(CommandRequest request)
    {
        if (request.Reason is { Length: > LongestReason } reason)
        {
            return new(RejectionKind.Invalid, "command.reason-too-long", "The command was refused.", $"Its reason has {reason.Length} characters.", $"Say it in {LongestReason} or fewer.");
        }

        if (request.Cause is { Length: > LongestCause } cause)
        {
            return new(RejectionKind.Invalid, "command.cause-too-long", "The command was refused.", $"Its cause has {cause.Length} characters.", $"Say it in {LongestCause} or fewer.");
        }

        if (!IsName(request.Command.Stream.Value))
        {
            return new(RejectionKind.Invalid, "command.name", "The command was refused.", "It names something with no name, a name too long, or signs that names do not have.", $"Use letters, digits, '-', '_' and '.', {LongestStream} characters in all at most.");
        }

        return request.IdempotencyKey is { } key && key.Length is 0 or > LongestKey
            ? new(RejectionKind.Invalid, "command.key", "The command was refused.", "Its idempotency key is empty or too long.", $"Send 1 to {LongestKey} characters, or none.")
            : null;
    }

    public static Rejection KeyReused(string key) =>
        new Rejection(RejectionKind.Conflict, "command.key-reused", "The command was refused; nothing was changed.", "Its idempotency key was sent before with another command or by another sender.", "Send it with a new key.").With("key", key);

    public static Rejection KeysUnreadable(string why) =>
        new(RejectionKind.Unavailable, "journal.unreadable", "The command was refused; nothing was changed.", why, "Check the disk, then send it again with the same key.");

    /// <summary>Parts of letters, digits and <c>- _ .</c>, none of them empty.</summary>
    private static bool IsName(string stream)
    {
        var partLength = 0;
        foreach (var letter in stream)
        {
            if (letter == '/' ? partLength == 0 : !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.'))
            {
                return false;
            }

            partLength = letter == '/' ? 0 : partLength + 1;
        }

        return partLength > 0 && stream.Length <= LongestStream;
    }

    public static Rejection Stale(StreamId stream, long seen, StreamSlot.Versioned current) =>
        new Rejection(
                RejectionKind.Conflict,
                "command.stale",
                $"The command on {stream} was refused.",
                $"It was sent on what version {seen} showed; meanwhile it is version {current.Version}{Changed(current.Last)}.",
                "Look at what changed, then send it again if you still want it.")
            .With("seen", seen.ToString(CultureInfo.InvariantCulture))
            .With("version", current.Version.ToString(CultureInfo.InvariantCulture))
            .With("changed-by", current.Last?.Actor ?? "unknown");

    private static string Changed(StreamSlot.LastChange? last) => last is null ? "" : $", by {last.Actor} at {last.At:u} ({last.Event})";
}
