using System.Runtime.CompilerServices;

namespace OpsConsole.Tests.World;

/// <summary>The sources these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] Skipped = ["bin", "obj", "data", "node_modules", "lib", ".git", "TestResults", ".vs"];

    public static string Root { get; } = Find();

    public static string At(string path) => Path.Combine(Root, path);

    /// <summary>Every file git would track, relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files() => [.. In(Root).Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))];

    private static IEnumerable<string> In(string folder) =>
        Directory.EnumerateFiles(folder).Where(path => !Skipped.Contains(Path.GetFileName(path)) && !path.EndsWith(".png", StringComparison.Ordinal))
            .Concat(Directory.EnumerateDirectories(folder).Where(child => !Skipped.Contains(Path.GetFileName(child))).SelectMany(In));

    private static string Find([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
