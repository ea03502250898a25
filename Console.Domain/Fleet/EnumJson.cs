using System.Text.Json;

namespace OpsConsole.Domain.Fleet;

/// <summary>Reads an enum by its name's bytes, without a string; anything but a plain name is left to the general way.</summary>
internal sealed class EnumJson<T>
    where T : struct, Enum
{
    private readonly (byte[] Name, T Value)[] _values = [.. Enum.GetValues<T>().Select(value => (System.Text.Encoding.UTF8.GetBytes($"{value}"), value))];

    public T Read(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            foreach (var (name, value) in _values)
            {
                if (reader.ValueTextEquals(name))
                {
                    return value;
                }
            }
        }

        return JsonSerializer.Deserialize<T>(ref reader, options);
    }
}
