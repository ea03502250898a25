using System.Collections.Immutable;

namespace OpsConsole.Engine.ProvingGround.Releases;

/// <summary>The releases that lie ready to be rolled out: the manifests shipped inside this program. What a build does shows only when it runs.</summary>
public static class ReleaseShelf
{
    /// <summary>What hosts start with the first time.</summary>
    public const string BaselineVersion = "2026.10.1";

    public static ImmutableArray<InstalledRelease> All { get; } = Load("Manifests");

    /// <summary>Releases of storage and index hosts, which Fleet Update installs. Most have the same build: what such a release changes is what its hosts' processes are, and say they are.</summary>
    public static ImmutableArray<InstalledRelease> Stateful { get; } = Load("Stateful");

    public static InstalledRelease Baseline { get; } = Find(BaselineVersion)!;

    public static InstalledRelease? Find(string version) => All.FirstOrDefault(release => release.Manifest.Version == version);

    public static InstalledRelease? Find(string service, string version) =>
        All.Concat(Stateful).FirstOrDefault(release => release.Manifest.Service == service && release.Manifest.Version == version);

    /// <summary>Of hosts that take releases: web, storage, index; null for the others.</summary>
    public static InstalledRelease? BaselineOf(GroundRole role) => role is GroundRole.Web or GroundRole.Storage or GroundRole.Index ? Find(ServiceOf(role), BaselineVersion) : null;

    public static string ServiceOf(GroundRole role) => role.ToString().ToLowerInvariant();

    private static ImmutableArray<InstalledRelease> Load(string folder)
    {
        var assembly = typeof(ReleaseShelf).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.Contains($".ProvingGround.Releases.{folder}.", StringComparison.Ordinal))
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
