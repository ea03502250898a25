using System.Collections.Immutable;

namespace OpsConsole.Engine.ProvingGround.Releases;

/// <summary>The releases that lie ready to be rolled out: the manifests shipped inside this program. What a build does shows only when it runs.</summary>
public static class ReleaseShelf
{
    /// <summary>What hosts start with the first time.</summary>
    public const string BaselineVersion = "2026.10.1";

    public static ImmutableArray<InstalledRelease> All { get; } = Load();

    public static InstalledRelease Baseline { get; } = Find(BaselineVersion)!;

    public static InstalledRelease? Find(string version) => All.FirstOrDefault(release => release.Manifest.Version == version);

    private static ImmutableArray<InstalledRelease> Load()
    {
        var assembly = typeof(ReleaseShelf).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.Contains(".ProvingGround.Releases.Manifests.", StringComparison.Ordinal))
                .Select(name =>
                {
                    using var stream = assembly.GetManifestResourceStream(name)!;
                    var content = new byte[stream.Length];
                    stream.ReadExactly(content);
                    return InstalledRelease.Parse(content) ?? throw new InvalidOperationException($"{name} is no manifest");
                })
                .OrderBy(release => release.Manifest.Version, StringComparer.Ordinal),
        ];
    }
}
