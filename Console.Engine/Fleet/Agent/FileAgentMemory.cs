using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Engine.Fleet.Agent;

/// <summary>The agent's state in one small file, written beside it, flushed to disk and renamed over it: after a power cut it is the old or the new one, never half of each.</summary>
public sealed class FileAgentMemory : IAgentMemory
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
    private readonly string _path;

    public FileAgentMemory(string folder, string host)
    {
        Directory.CreateDirectory(folder);
        _path = Path.Combine(folder, $"agent-{host}.json");
    }

    /// <summary>Throws <see cref="InvalidDataException"/> where the file cannot be understood: an agent that forgot its token must not go on by itself.</summary>
    public AgentState Load()
    {
        if (!File.Exists(_path))
        {
            return new();
        }

        try
        {
            return JsonSerializer.Deserialize<AgentState>(File.ReadAllBytes(_path), Json) ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The agent's state {_path} cannot be read ({e.Message}), so old orders could not be told from new ones. Check the host by hand, then remove the file.", e);
        }
    }

    public void Save(AgentState state)
    {
        var beside = _path + ".new";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, state, Json);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, _path, overwrite: true);
    }
}
