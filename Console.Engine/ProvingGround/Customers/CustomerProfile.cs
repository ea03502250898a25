using System.Collections.Immutable;

namespace OpsConsole.Engine.ProvingGround.Customers;

/// <summary>How the customers of a region behave: what they do, how large their objects are, how much their contents can be compressed. Data; nothing decides by its name.</summary>
/// <param name="Name">Lower case and hyphens.</param>
/// <param name="Words">What such a region is like, for people.</param>
/// <param name="Sizes">Their shares add up to 1.</param>
public sealed record CustomerProfile(string Name, string Words, OperationMix Mix, ImmutableArray<SizeClass> Sizes)
{
    /// <summary>Share of each body that is text repeated over and over; the rest is noise that nothing compresses. 0 to 1.</summary>
    public double Compressible { get; init; } = 0.3;

    /// <summary>Requests a second where nobody says another rate: what two processors bear beside the whole ground.</summary>
    public required int Rate { get; init; }

    /// <summary>Keys there are at most: with the sizes this bounds what the customers keep, and what the store keeps for them.</summary>
    public required int Keys { get; init; }

    /// <summary>No object is larger, bytes.</summary>
    public int Largest { get; init; } = 4 * 1024 * 1024;

    /// <summary>Of an object put, bytes.</summary>
    public double MeanBytes => Sizes.Sum(size => size.Share * size.MeanBytes);
}

/// <summary>Shares of a hundred requests, adding up to 100.</summary>
public sealed record OperationMix(int Get, int Put, int Head, int List, int Delete)
{
    public int Sum => Get + Put + Head + List + Delete;
}

/// <summary>Objects whose sizes are spread log-normally around a mean.</summary>
/// <param name="Share">Of all puts, 0 to 1.</param>
/// <param name="MeanBytes">Arithmetic mean.</param>
/// <param name="Spread">Standard deviation of the sizes' natural logarithm; 0 makes all the same size.</param>
public sealed record SizeClass(double Share, double MeanBytes, double Spread = 0.8);
