using System.Security.Cryptography;
using System.Text.Json;

namespace OpsConsole.Engine.ProvingGround.Releases;

/// <summary>A manifest file with its digest, <c>sha256:</c> and 64 hex digits.</summary>
public sealed record InstalledRelease(ReleaseManifest Manifest, string Digest, byte[] Content)
{
    /// <summary>Null where the file is missing or no manifest.</summary>
    public static InstalledRelease? Read(string file)
    {
        try
        {
            return Parse(File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    public static InstalledRelease? Parse(byte[] content) =>
        JsonSerializer.Deserialize(content, GroundJson.Default.ReleaseManifest) is { Version: not null, Build: not null, Service: not null } manifest
            ? new InstalledRelease(manifest, $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}", content)
            : null;
}
