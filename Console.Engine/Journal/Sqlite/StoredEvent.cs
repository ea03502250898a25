using System.Text;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>One stored event copied out of its row, the payload not read yet.</summary>
internal sealed record StoredEvent(long Sequence, string Stream, long Version, long At, string Type, string Actor, string? Reason, string? Cause, byte[] Payload)
{
    /// <summary>About what it takes in memory beside its payload.</summary>
    private const int Overhead = 256;

    public int Size => Payload.Length + Overhead;

    public static StoredEvent Of(in EventFields fields) =>
        new(fields.Sequence, fields.StreamName, fields.Version, fields.At, fields.TypeName, Encoding.UTF8.GetString(fields.Actor), TextOrNull(fields.Reason), TextOrNull(fields.Cause), fields.Payload.ToArray());

    public Recorded Decode() => new(Sequence, new StreamId(Stream), Version, new DateTimeOffset(At, TimeSpan.Zero), Actor, Reason, Cause, EventTypes.Read(Type, Payload));

    private static string? TextOrNull(ReadOnlySpan<byte> utf8) => utf8.IsEmpty ? null : Encoding.UTF8.GetString(utf8);
}
