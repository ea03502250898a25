using System.Collections.Immutable;
using OpsConsole.Domain.Noodles.Features;
using OpsConsole.Domain.Noodles.Steps;

namespace OpsConsole.Engine.Noodles.Reading;

/// <summary>Reads a folder with all that is under it: <c>*.feature</c>, <c>*.feature.md</c>, and teams' links in <c>*.links</c>.</summary>
public static class FeatureFolder
{
    public const int MostFiles = 2_000;

    /// <summary>Where the shipped features lie beside the program.</summary>
    public static string Shipped => Path.Combine(AppContext.BaseDirectory, "Noodles", "Features");

    public static ShelfContent Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return ShelfContent.Empty;
        }

        var reader = new FeatureReader(Dialects.All);
        var files = ImmutableArray.CreateBuilder<FeatureFile>();
        var pickles = ImmutableArray.CreateBuilder<Pickle>();
        var links = ImmutableArray.CreateBuilder<StepLink>();
        var faults = ImmutableArray.CreateBuilder<string>();
        var paths = Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(path => path.EndsWith(".feature", StringComparison.Ordinal) || path.EndsWith(".feature.md", StringComparison.Ordinal) || path.EndsWith(".links", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Take(MostFiles + 1).ToArray();
        if (paths.Length > MostFiles)
        {
            faults.Add($"{folder} has more than {MostFiles} files; the rest is not read.");
        }

        foreach (var path in paths.Take(MostFiles))
        {
            var uri = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (new FileInfo(path).Length > FeatureReader.LongestFile)
            {
                faults.Add($"{uri}: larger than {FeatureReader.LongestFile} bytes.");
                continue;
            }

            var text = File.ReadAllText(path);
            if (path.EndsWith(".links", StringComparison.Ordinal))
            {
                var (found, wrong) = LinkFile.Read(uri, text);
                links.AddRange(found);
                faults.AddRange(wrong);
                continue;
            }

            var (file, odd) = reader.Read(uri, text);
            faults.AddRange(odd.Select(fault => $"{uri}:{fault.Line}:{fault.Column}: {fault.Message}"));
            if (file is not null)
            {
                var (made, many) = Pickler.Pickles(file);
                files.Add(file);
                pickles.AddRange(made);
                faults.AddRange(many is null ? Array.Empty<string>() : [many]);
            }
        }

        return new(files.ToImmutable(), pickles.ToImmutable(), links.ToImmutable(), faults.ToImmutable());
    }
}
