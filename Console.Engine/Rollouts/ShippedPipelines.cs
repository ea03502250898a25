using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Rollouts;

/// <summary>The pipeline files that come with the console.</summary>
public static class ShippedPipelines
{
    public static IReadOnlyList<string> Names { get; } = ["web", "storage", "index", "s3-web"];

    /// <summary>Saves those that are not there yet; one that somebody changed stays as it is. Answers with what was refused.</summary>
    public static async Task<ImmutableArray<Rejection>> SeedAsync(ICommands commands, IStates states, CancellationToken cancel)
    {
        var refused = ImmutableArray.CreateBuilder<Rejection>();
        foreach (var name in Names.Where(name => states.VersionOf(PipelineStreams.Of(name)) == 0))
        {
            var text = Text(name);
            var content = PipelineReader.Read(text).Content ?? throw new InvalidOperationException($"The shipped pipeline {name} cannot be read.");
            var result = await commands.SendAsync(new(new SavePipeline(content, text), Actor.Engine, Cause: "first start"), cancel).ConfigureAwait(false);
            if (result.Rejection is { } rejection)
            {
                refused.Add(rejection);
            }
        }

        return refused.ToImmutable();
    }

    /// <summary>The file as it is written.</summary>
    public static string Text(string name)
    {
        using var stream = typeof(ShippedPipelines).Assembly.GetManifestResourceStream($"pipelines/{name}.yaml")
            ?? throw new ArgumentOutOfRangeException(nameof(name), name, $"there is no shipped pipeline of that name; there are {string.Join(", ", Names)}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
