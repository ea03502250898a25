using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Domain.Fleet;

/// <summary>An <see cref="INamedDictionary{TSelf,T}"/>, generic in what it holds, as a JSON object: as any other map is written.</summary>
public sealed class NamedDictionaryJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(INamedDictionary<,>));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<,>).MakeGenericType(typeToConvert, typeToConvert.GenericTypeArguments[0]))!;

    private sealed class Of<TMap, T> : JsonConverter<TMap>
        where TMap : INamedDictionary<TMap, T>
    {
        public override TMap Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TMap.From(JsonSerializer.Deserialize<Dictionary<string, T>>(ref reader, options) ?? []);

        public override void Write(Utf8JsonWriter writer, TMap value, JsonSerializerOptions options)
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
