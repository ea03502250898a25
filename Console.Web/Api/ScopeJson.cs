using System.Text.Json;
using System.Text.Json.Serialization;
using OpsConsole.Domain.Access;

namespace OpsConsole.Web.Api;

/// <summary>A scope in the API is its written form, <c>region:eu-west-1</c>.</summary>
internal sealed class ScopeJson : JsonConverter<Scope>
{
    public override Scope Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
        return Scope.Parse(text) ?? throw new JsonException($"'{(text.Length > 80 ? text[..80] : text)}' is not a scope; write global, partition:NAME, region:NAME, az:NAME, service:NAME or store:SERVICE/REGION.");
    }

    public override void Write(Utf8JsonWriter writer, Scope value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
