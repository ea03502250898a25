using System.Text.Json;

namespace OpsConsole.Tests.World;

/// <summary>Facts to test against: the file of this name in the folder of <c>OPSCONSOLE_FIXTURES</c>, or in ours where that is not set.</summary>
internal static class Fixture
{
    public static JsonElement Read(string name)
    {
        var folder = Environment.GetEnvironmentVariable("OPSCONSOLE_FIXTURES") is { Length: > 0 } set ? set : Path.Combine(AppContext.BaseDirectory, "Fixtures");
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, name)));
        return document.RootElement.Clone();
    }
}
