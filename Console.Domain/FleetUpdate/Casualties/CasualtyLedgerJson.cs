using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Domain.FleetUpdate.Casualties;

/// <summary>Writes a ledger's counters as a list: their keys are no words.</summary>
internal sealed class CasualtyLedgerJson : JsonConverter<CasualtyLedger>
{
    public override CasualtyLedger Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var written = JsonSerializer.Deserialize<Written>(ref reader, options) ?? throw new JsonException("a ledger is missing");
        return CasualtyLedger.Empty with { All = written.All, ByKey = CasualtyLedger.Empty.ByKey.AddRange(written.Counters.Select(one => KeyValuePair.Create(one.Key, one.Count))) };
    }

    public override void Write(Utf8JsonWriter writer, CasualtyLedger value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new Written(value.All, [.. value.ByKey.Select(entry => new Counter(entry.Key, entry.Value))]), options);

    private sealed record Written(CasualtyCount All, ImmutableArray<Counter> Counters);

    private sealed record Counter(CasualtyKey Key, CasualtyCount Count);
}
