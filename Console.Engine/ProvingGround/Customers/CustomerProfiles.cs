using System.Collections.Immutable;

namespace OpsConsole.Engine.ProvingGround.Customers;

/// <summary>
/// The profiles there are. The means of 250 KB and 1 MB are those of a new region and of the largest one; four of five requests are reads everywhere.
/// Rates are such that all objects put and got come to less than 6 MB a second.
/// </summary>
public static class CustomerProfiles
{
    private const double Kb = 1_000;
    private const double Mb = 1_000_000;

    /// <summary>What a ground has unless it is told otherwise.</summary>
    public static CustomerProfile Usual { get; } = new("mixed", "many small objects, some of middle size, few large ones", new(70, 20, 5, 3, 2), [new(0.72, 8 * Kb), new(0.25, 60 * Kb), new(0.03, 300 * Kb)]) { Rate = 60, Keys = 800 };

    public static ImmutableArray<CustomerProfile> All { get; } =
    [
        Usual,
        new("small-objects", "records of a few kilobytes, written often and compressible", new(62, 28, 4, 4, 2), [new(0.9, 3 * Kb), new(0.1, 14 * Kb)]) { Compressible = 0.7, Rate = 70, Keys = 2_000 },
        new("new-region", "objects of 250 KB in the mean: processors bind before the network does", new(80, 14, 3, 2, 1), [new(0.6, 60 * Kb), new(0.4, 535 * Kb, 0.6)]) { Rate = 22, Keys = 320 },
        new("largest-region", "objects of 1 MB in the mean: the network binds first", new(80, 14, 3, 2, 1), [new(0.4, 130 * Kb), new(0.6, 1.58 * Mb, 0.5)]) { Compressible = 0.1, Rate = 6, Keys = 120, Largest = 8 * 1024 * 1024 },
        new("archive", "large objects written once, hardly read, already compressed", new(12, 76, 8, 4, 0), [new(1, 2 * Mb, 0.5)]) { Compressible = 0, Rate = 3, Keys = 60, Largest = 8 * 1024 * 1024 },
        new("analytics", "a few large, very compressible objects read over and over, and listed much", new(84, 3, 4, 9, 0), [new(0.5, 40 * Kb), new(0.5, 460 * Kb, 0.4)]) { Compressible = 0.85, Rate = 24, Keys = 120 },
    ];

    public static CustomerProfile? Find(string? name) => All.FirstOrDefault(profile => profile.Name == name);
}
