using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal;

/// <summary>The events' names on disk and their JSON form.</summary>
public static class EventTypes
{
    private static readonly FrozenDictionary<string, Type> ByName = typeof(IEvent).Assembly.GetTypes()
        .Where(type => type.GetCustomAttribute<EventTypeAttribute>() is not null)
        .ToFrozenDictionary(type => type.GetCustomAttribute<EventTypeAttribute>()!.Name);

    private static readonly FrozenDictionary<Type, string> Names = ByName.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>How events and snapshots are written: camel case, enums by name, no nulls.</summary>
    public static JsonSerializerOptions Json { get; } = MakeJson();

    public static IEnumerable<string> All => ByName.Keys;

    public static string NameOf(IEvent happened) =>
        Names.TryGetValue(happened.GetType(), out var name) ? name : throw new InvalidOperationException($"{happened.GetType().Name} has no EventType attribute.");

    public static byte[] Write(IEvent happened) => JsonSerializer.SerializeToUtf8Bytes(happened, happened.GetType(), Json);

    /// <summary>Throws <see cref="JournalException"/> for a name this version does not know: the journal is from a later version.</summary>
    public static IEvent Read(string name, ReadOnlySpan<byte> payload) =>
        ByName.TryGetValue(name, out var type)
            ? (IEvent)JsonSerializer.Deserialize(payload, type, Json)!
            : throw new JournalException($"The journal holds an event '{name}' that this version does not know. It was written by a later version: start that one.");

    private static JsonSerializerOptions MakeJson()
    {
        var json = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Converters = { new JsonStringEnumConverter() },
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        };
        foreach (var type in typeof(IEvent).Assembly.GetTypes().Where(type => type.IsDefined(typeof(JournalJsonAttribute), inherit: false)))
        {
            json.Converters.Add((JsonConverter)Activator.CreateInstance(type)!);
        }

        return json;
    }
}
