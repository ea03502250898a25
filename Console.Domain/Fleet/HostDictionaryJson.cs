using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Domain.Fleet;

/// <summary>A map by host id as a JSON object, as any other map is written.</summary>
public sealed class HostDictionaryJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(HostDictionary<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GenericTypeArguments))!;

    private sealed class Of<T> : JsonConverter<HostDictionary<T>>
        where T : class
    {
        public override HostDictionary<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var map = HostDictionary<T>.Empty.ToBuilder();
            foreach (var (id, value) in JsonSerializer.Deserialize<Dictionary<string, T>>(ref reader, options) ?? [])
            {
                map[id] = value;
            }

            return map.ToImmutable();
        }

        public override void Write(Utf8JsonWriter writer, HostDictionary<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (id, item) in value)
            {
                writer.WritePropertyName(id);
                JsonSerializer.Serialize(writer, item, options);
            }

            writer.WriteEndObject();
        }
    }
}
