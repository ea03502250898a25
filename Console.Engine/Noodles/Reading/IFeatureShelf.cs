using System.Collections.Immutable;
using OpsConsole.Domain.Noodles.Features;
using OpsConsole.Domain.Noodles.Steps;

namespace OpsConsole.Engine.Noodles.Reading;

/// <summary>The features there are.</summary>
public interface IFeatureShelf
{
    ShelfContent Now { get; }
}

/// <param name="Faults">Files that cannot be read, with what is wrong.</param>
public sealed record ShelfContent(ImmutableArray<FeatureFile> Files, ImmutableArray<Pickle> Pickles, ImmutableArray<StepLink> Links, ImmutableArray<string> Faults)
{
    public static readonly ShelfContent Empty = new([], [], [], []);
}
