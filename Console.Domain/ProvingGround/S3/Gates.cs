using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>All gates, in the order S3 documents or shows: line, address, who, headers, bucket, may, length, object, conditions, part, body.</summary>
public static class Gates
{
    public static ImmutableArray<Gate> InOrder { get; } =
    [
        .. RequestGates.Address,
        .. AuthGates.All,
        .. RequestGates.Headers,
        .. StateGates.All,
        .. BodyGates.All,
    ];

    /// <summary>The first refusal of a situation of which everything is known; null where all gates are passed.</summary>
    public static S3Error? First(ImmutableArray<Gate> order, Situation situation)
    {
        foreach (var gate in order)
        {
            if (gate.Check(situation) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>The same gates with one moved behind another.</summary>
    public static ImmutableArray<Gate> Moved(ImmutableArray<Gate> order, string id, string behind)
    {
        var moved = order.Single(gate => gate.Id == id);
        var rest = order.Remove(moved);
        return rest.Insert(rest.IndexOf(rest.Single(gate => gate.Id == behind)) + 1, moved);
    }
}
