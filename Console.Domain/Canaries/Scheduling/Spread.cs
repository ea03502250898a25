using System.Runtime.InteropServices;

namespace OpsConsole.Domain.Canaries.Scheduling;

/// <summary>Seeded chance without a sequence: the same seed and key give the same number, whoever asks and in whatever order.</summary>
public static class Spread
{
    private const double Golden = 0.61803398874989485;

    /// <summary>Evenly spread in [0, 1).</summary>
    public static double Of(int seed, ReadOnlySpan<char> key)
    {
        var hash = 14695981039346656037UL ^ ((ulong)(uint)seed * 0x9E3779B97F4A7C15UL);
        foreach (var b in MemoryMarshal.AsBytes(key))
        {
            hash = (hash ^ b) * 1099511628211UL;
        }

        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return ((hash ^ (hash >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>In [0, 1): the first n places lie evenly for every n, which random ones do not.</summary>
    public static double Even(int place) => (place * Golden) % 1;
}
