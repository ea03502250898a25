using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Domain.Reservations;

/// <summary>A map by name as a JSON object, as any other map is written.</summary>
public sealed class NameDictionaryJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(NameDictionary<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GenericTypeArguments))!;

    private sealed class Of<T> : JsonConverter<NameDictionary<T>>
    {
        public override NameDictionary<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            (JsonSerializer.Deserialize<Dictionary<string, T>>(ref reader, options) ?? []).Aggregate(NameDictionary<T>.Empty, (map, one) => map.SetItem(one.Key, one.Value));

        public override void Write(Utf8JsonWriter writer, NameDictionary<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (name, item) in value)
            {
                writer.WritePropertyName(name);
                JsonSerializer.Serialize(writer, item, options);
            }

            writer.WriteEndObject();
        }
    }
}
