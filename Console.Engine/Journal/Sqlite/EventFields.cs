using System.Text;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>One stored event as bytes, as it lies in a row or a segment line. An absent text is an empty one. At is in ticks of 100 ns since year 1, UTC.</summary>
internal readonly ref struct EventFields
{
    public long Sequence { get; init; }

    public long Version { get; init; }

    public long At { get; init; }

    public ReadOnlySpan<byte> Stream { get; init; }

    public ReadOnlySpan<byte> Type { get; init; }

    public ReadOnlySpan<byte> Actor { get; init; }

    public ReadOnlySpan<byte> Reason { get; init; }

    public ReadOnlySpan<byte> Cause { get; init; }

    public ReadOnlySpan<byte> Key { get; init; }

    public ReadOnlySpan<byte> Payload { get; init; }

    public ReadOnlySpan<byte> Hash { get; init; }

    public string StreamName => Encoding.UTF8.GetString(Stream);

    public string TypeName => Encoding.UTF8.GetString(Type);

    public Recorded ToRecorded() => StoredEvent.Of(this).Decode();
}
