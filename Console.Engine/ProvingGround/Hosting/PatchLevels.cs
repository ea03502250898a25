using System.Text.Json;

namespace OpsConsole.Engine.ProvingGround.Hosting;

/// <summary>
/// Firmware and OS patch of a host of the ground. They stand in for what a loopback process has none of: levels in the host's own folder, put there while its process is down, read by the process
/// when it starts and said by it. Kept through a power loss: written beside, flushed, renamed.
/// </summary>
public sealed record PatchLevels(string? Firmware, string? OsPatch)
{
    public static readonly PatchLevels None = new(null, null);

    private const string Levels = "patch-levels.json";
    private const string Staged = "patch-staged.json";

    /// <summary>What the host has.</summary>
    public static PatchLevels Of(string folder) => Read(Path.Combine(folder, Levels)) ?? None;

    /// <summary>Lies ready until the host's process is down.</summary>
    public static void Stage(string folder, PatchLevels next) => Write(Path.Combine(folder, Staged), next);

    /// <summary>Installs what lies ready, firmware first; to be called while the process is down. Doing it again changes nothing.</summary>
    public static void Install(string folder)
    {
        if (Read(Path.Combine(folder, Staged)) is not { } staged)
        {
            return;
        }

        var now = Of(folder);
        if (staged.Firmware is not null)
        {
            Write(Path.Combine(folder, Levels), now = now with { Firmware = staged.Firmware });
        }

        if (staged.OsPatch is not null)
        {
            Write(Path.Combine(folder, Levels), now with { OsPatch = staged.OsPatch });
        }

        File.Delete(Path.Combine(folder, Staged));
    }

    private static PatchLevels? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), GroundJson.Default.PatchLevels);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static void Write(string file, PatchLevels levels) => GroundFolder.Replace(file, JsonSerializer.SerializeToUtf8Bytes(levels, GroundJson.Default.PatchLevels));
}
