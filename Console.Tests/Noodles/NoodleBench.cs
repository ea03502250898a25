using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Domain.Noodles.Steps;
using OpsConsole.Engine.Noodles;
using OpsConsole.Engine.Noodles.Http;
using OpsConsole.Engine.Noodles.Pools;
using OpsConsole.Engine.Noodles.Reading;
using OpsConsole.Engine.Noodles.Running;
using OpsConsole.Engine.Noodles.Steps;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Noodles;

/// <summary>A runner with all it needs, over features given as text or the shipped ones.</summary>
internal sealed class NoodleBench : IDisposable
{
    private readonly NoodleHttp _http = new();

    public NoodleBench(IFeatureShelf features, IEnumerable<IStepLibrary>? libraries = null, TimeProvider? clock = null, IEnumerable<StepLink>? links = null)
    {
        var time = clock ?? TimeProvider.System;
        Library = new(libraries ?? StepLibraries.Shipped, links ?? features.Now.Links);
        Pools = new(_http, time);
        Runner = new(Library, features, Pools, _http, time);
    }

    public NoodleLibrary Library { get; }

    public NoodlePools Pools { get; }

    public NoodleRunner Runner { get; }

    public static NoodleBench Shipped() => new(new FeatureShelf(FeatureFolder.Shipped));

    public static IFeatureShelf Shelf(params (string Uri, string Text)[] features)
    {
        var folder = Directory.CreateTempSubdirectory("noodles").FullName;
        foreach (var (uri, text) in features)
        {
            File.WriteAllText(Path.Combine(folder, uri), text);
        }

        var shelf = new FeatureShelf(folder);
        Directory.Delete(folder, recursive: true);
        return shelf;
    }

    /// <summary>A target that nobody asks.</summary>
    public static NoodleTarget Nowhere { get; } = new("nowhere", new Uri("http://127.0.0.1:9"), "local-1", []);

    public void Dispose() => _http.Dispose();

    /// <summary>Against a server nobody here wrote: prints what it does otherwise, and fails where that is more than what is known by name, or less.</summary>
    public static void DiffersAsKnown(NoodleRunResult result, IReadOnlyDictionary<string, string> known, ITestOutputHelper output)
    {
        var differences = result.Scenarios.Where(scenario => scenario.Status is StepStatus.Failed).ToArray();
        output.WriteLine($"{result.Count(StepStatus.Passed)} of {result.Scenarios.Length} pass, {differences.Length} differ, in {result.Took.TotalSeconds:0.0} s");
        foreach (var scenario in differences)
        {
            output.WriteLine($"{scenario.PickleId} | {scenario.Feature}: {scenario.Name} | {scenario.KnownDifference ?? "NEW"} | {scenario.Culprit?.Text}: {scenario.Culprit?.Message}");
        }

        Assert.True(result.Passed, Report(result));
        Assert.Empty(known.Keys.Except(result.Scenarios.Select(scenario => $"{scenario.Feature}: {scenario.Name}")));
    }

    /// <summary>Everything that is not as it should be, in words.</summary>
    public static string Report(NoodleRunResult result) =>
        string.Join('\n', new[] { result.Fault }.Where(fault => fault is not null).Concat(result.Scenarios.Where(scenario => !scenario.Good || scenario.Note is not null)
            .Select(scenario => $"{scenario.PickleId} {scenario.Name}: {scenario.Status} {scenario.Blame} {scenario.Note}; {scenario.Culprit?.Text}: {scenario.Culprit?.Message}")));
}
