using System.Collections.Immutable;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Engine.Noodles.Reading;
using OpsConsole.Engine.Noodles.Reports;
using OpsConsole.Engine.Noodles.Steps;

namespace OpsConsole.Engine.Noodles.Book;

/// <summary>The last runs with all their evidence in memory, and more of them on disk as messages.</summary>
public sealed class RunShelf(string folder, NoodleLibrary library, IFeatureShelf features)
{
    public const int InMemory = 20;
    public const int OnDisk = 50;

    private ImmutableArray<NoodleRunResult> _runs = [];

    /// <summary>Newest first.</summary>
    public ImmutableArray<NoodleRunResult> Runs => _runs;

    public NoodleRunResult? Find(string id) => _runs.FirstOrDefault(run => run.Id == id);

    /// <summary>The run's messages; null where they are not kept any more.</summary>
    /// <param name="id">Letters, digits and hyphens.</param>
    public string? FileOf(string id) => id.All(one => char.IsAsciiLetterOrDigit(one) || one == '-') && File.Exists(PathOf(id)) ? PathOf(id) : null;

    public async Task KeepAsync(NoodleRunResult run, CancellationToken cancel)
    {
        ImmutableInterlocked.Update(ref _runs, runs => [run, .. runs.Take(InMemory - 1)]);
        Directory.CreateDirectory(folder);
        var beside = PathOf(run.Id) + ".new";
        await using (var file = File.Create(beside))
        {
            await MessageWriter.WriteAsync(run, features.Now, library, file, cancel).ConfigureAwait(false);
        }

        File.Move(beside, PathOf(run.Id), overwrite: true);
        foreach (var old in new DirectoryInfo(folder).GetFiles("*.ndjson").OrderByDescending(file => file.LastWriteTimeUtc).Skip(OnDisk))
        {
            old.Delete();
        }
    }

    private string PathOf(string id) => Path.Combine(folder, id + ".ndjson");
}
