using System.Collections.Immutable;
using OpsConsole.Domain.Durability;
using OpsConsole.Domain.Durability.Sets;
using OpsConsole.Domain.Placement;
using OpsConsole.Engine.Durability;

namespace OpsConsole.Tests.Durability;

/// <summary>One store, RS(5,4) over 12 hosts in each of three AZs; the test says what is gone.</summary>
internal sealed class ScriptedStore : IPlacementSource
{
    public static readonly StoreName Name = new("storage", "eu-9");
    private static readonly ImmutableArray<string> Azs = ["eu-9a", "eu-9b", "eu-9c"];

    public StorePlacement? Shown { get; set; } = new(
        ClassPlacement.Of(RedundancyCode.ReedSolomon(5, 4), Azs, [.. Azs.SelectMany((az, at) => Enumerable.Range(0, 12).Select(place => new PlacedHost($"{az}-{place}", at, $"r{place / 4}", place % 9)))], 8, 7)!,
        [],
        "commercial",
        Simulated: false,
        At: new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        new FailureAssumptions());

    public IEnumerable<StoreName> Stores => [Name];

    public StorePlacement? Now(StoreName store) => Shown;

    public void Lose(params int[] hosts) => Shown = Shown! with { Gone = [.. hosts] };
}
