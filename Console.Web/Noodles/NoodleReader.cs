using System.Collections.Immutable;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Noodles.Features;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Domain.Noodles.Runs;
using OpsConsole.Engine.Noodles.Book;
using OpsConsole.Engine.Noodles.Pools;
using OpsConsole.Engine.Noodles.Reading;
using OpsConsole.Engine.Noodles.Steps;

namespace OpsConsole.Web.Noodles;

/// <summary>All that is told of Noodles; shared by pages and API.</summary>
public sealed class NoodleReader(IFeatureShelf features, NoodleLibrary library, IStates states, NoodleTick tick, RunShelf shelf, NoodlePools pools, NoodleTargets targets)
{
    private readonly Lazy<StepUses> _uses = new(() => StepUses.Of(library, features.Now));

    public ShelfContent Features => features.Now;

    public NoodleLibrary Library => library;

    /// <summary>Newest first.</summary>
    public ImmutableArray<NoodleRunEntry> Runs => [.. states.Get<NoodleRunsState>(NoodleStreams.Only).Runs.Reverse()];

    public NoodleRunEntry? Find(string id) => states.Get<NoodleRunsState>(NoodleStreams.Only).Find(id);

    /// <summary>The run under way; null while none is.</summary>
    public RunProgress? Now => tick.Now;

    /// <summary>With all evidence; null where it is not kept in memory any more.</summary>
    public NoodleRunResult? Result(string id) => shelf.Find(id);

    public string? MessagesOf(string id) => shelf.FileOf(id);

    public ImmutableArray<PoolView> Pools => pools.Views;

    public (ImmutableArray<NoodleTarget> Targets, string? Fault) Targets => targets.All;

    public StepUses Uses => _uses.Value;

    public (ImmutableArray<Pickle> Pickles, string? Fault) Pick(NoodleSelection selection) => selection.Pick(features.Now.Pickles);
}
