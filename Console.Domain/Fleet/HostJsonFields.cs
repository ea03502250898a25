using System.Text.Json;

namespace OpsConsole.Domain.Fleet;

public sealed partial class HostJson
{
    private static readonly (byte[] Name, Field Field)[] Fields =
        [.. Enum.GetValues<Field>().Where(field => field != Field.Other).Select(field => (JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName($"{field}")).EncodedUtf8Bytes.ToArray(), field))];

    private enum Field
    {
        Other,
        Id,
        Partition,
        Region,
        Az,
        Rack,
        Role,
        Service,
        InstanceType,
        PositionClass,
        Driver,
        Validator,
        Release,
        Firmware,
        OsPatch,
        FirmwareSince,
        OsPatchSince,
        State,
        Token,
    }

    /// <param name="last">Where the field before was found: they are mostly written in the same order, so the next is looked for after it.</param>
    private static Field FieldOf(ref Utf8JsonReader reader, ref int last)
    {
        for (var step = 1; step <= Fields.Length; step++)
        {
            var at = (last + step) % Fields.Length;
            if (reader.ValueTextEquals(Fields[at].Name))
            {
                last = at;
                return Fields[at].Field;
            }
        }

        return Enum.TryParse<Field>(reader.GetString(), ignoreCase: true, out var field) ? field : Field.Other;
    }
}
