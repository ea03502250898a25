using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>One event as a line of a segment: an object of its columns, the payload as the text it was, the hash in hex.</summary>
internal sealed record SegmentLine
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public long Seq { get; init; }

    public string Stream { get; init; } = "";

    public long Version { get; init; }

    public string Type { get; init; } = "";

    public long At { get; init; }

    public string Actor { get; init; } = "";

    public string? Reason { get; init; }

    public string? Cause { get; init; }

    public string? Key { get; init; }

    public string Payload { get; init; } = "";

    public string Hash { get; init; } = "";

    public static SegmentLine Of(in EventFields fields) =>
        new()
        {
            Seq = fields.Sequence,
            Stream = fields.StreamName,
            Version = fields.Version,
            Type = fields.TypeName,
            At = fields.At,
            Actor = Encoding.UTF8.GetString(fields.Actor),
            Reason = fields.Reason.IsEmpty ? null : Encoding.UTF8.GetString(fields.Reason),
            Cause = fields.Cause.IsEmpty ? null : Encoding.UTF8.GetString(fields.Cause),
            Key = fields.Key.IsEmpty ? null : Encoding.UTF8.GetString(fields.Key),
            Payload = Encoding.UTF8.GetString(fields.Payload),
            Hash = Convert.ToHexStringLower(fields.Hash),
        };

    public EventFields Fields() =>
        new()
        {
            Sequence = Seq,
            Stream = Encoding.UTF8.GetBytes(Stream),
            Version = Version,
            Type = Encoding.UTF8.GetBytes(Type),
            At = At,
            Actor = Encoding.UTF8.GetBytes(Actor),
            Reason = Encoding.UTF8.GetBytes(Reason ?? ""),
            Cause = Encoding.UTF8.GetBytes(Cause ?? ""),
            Key = Encoding.UTF8.GetBytes(Key ?? ""),
            Payload = Encoding.UTF8.GetBytes(Payload),
            Hash = Hash.Length % 2 == 0 && Hash.All(char.IsAsciiHexDigit) ? Convert.FromHexString(Hash) : [],
        };
}
