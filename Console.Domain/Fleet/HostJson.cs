using System.Text.Json;
using System.Text.Json.Serialization;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Fleet;

/// <summary>Reads a host without boxes for its numbers and without new strings for names that are known; it is written as any other record.</summary>
[JournalJson]
public sealed partial class HostJson : JsonConverter<Host>
{
    private static readonly EnumJson<HostRole> Roles = new();
    private static readonly EnumJson<HostDriver> Drivers = new();
    private static readonly EnumJson<HostState> States = new();

    private JsonSerializerOptions? _general;

    public override Host Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A host is an object.");
        }

        string? id = null, partition = null, region = null, az = null, rack = null, service = null, type = null, release = null, firmware = null, patch = null;
        var (role, driver, state, position, token, validator) = (default(HostRole), default(HostDriver), HostState.InService, 0, 0L, false);
        SaidSince? firmwareSince = null, patchSince = null;
        var last = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref reader, ref last);
            reader.Read();
            switch (field)
            {
                case Field.Id: id = reader.GetString(); break;
                case Field.Partition: partition = Name(ref reader); break;
                case Field.Region: region = Name(ref reader); break;
                case Field.Az: az = Name(ref reader); break;
                case Field.Rack: rack = Name(ref reader); break;
                case Field.Service: service = Name(ref reader); break;
                case Field.InstanceType: type = Name(ref reader); break;
                case Field.Release: release = Name(ref reader); break;
                case Field.Firmware: firmware = Name(ref reader); break;
                case Field.OsPatch: patch = Name(ref reader); break;
                case Field.Role: role = Roles.Read(ref reader, options); break;
                case Field.Driver: driver = Drivers.Read(ref reader, options); break;
                case Field.State: state = States.Read(ref reader, options); break;
                case Field.PositionClass: position = reader.TokenType == JsonTokenType.Number ? reader.GetInt32() : JsonSerializer.Deserialize<int>(ref reader, options); break;
                case Field.Token: token = reader.TokenType == JsonTokenType.Number ? reader.GetInt64() : JsonSerializer.Deserialize<long>(ref reader, options); break;
                case Field.Validator: validator = reader.GetBoolean(); break;
                case Field.FirmwareSince: firmwareSince = JsonSerializer.Deserialize<SaidSince>(ref reader, options); break;
                case Field.OsPatchSince: patchSince = JsonSerializer.Deserialize<SaidSince>(ref reader, options); break;
                default: reader.Skip(); break;
            }
        }

        return new(id!, partition!, region!, az!, rack!, role, service!, type!, position, driver)
        {
            Validator = validator,
            Release = release,
            Firmware = firmware,
            OsPatch = patch,
            FirmwareSince = firmwareSince,
            OsPatchSince = patchSince,
            State = state,
            Token = token,
        };
    }

    public override void Write(Utf8JsonWriter writer, Host value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, _general ??= Without(options));

    private static JsonSerializerOptions Without(JsonSerializerOptions options)
    {
        var general = new JsonSerializerOptions(options);
        general.Converters.Remove(general.Converters.First(converter => converter is HostJson));
        return general;
    }

    private static string? Name(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String || reader.HasValueSequence || reader.ValueSpan.Length > HostRules.LongestName)
        {
            return reader.GetString();
        }

        Span<char> name = stackalloc char[HostRules.LongestName];
        return SharedNames.Of(name[..reader.CopyString(name)]);
    }
}
